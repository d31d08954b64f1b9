package history_test

import (
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/domaintest"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/history"
)

func Test(t *testing.T) { domaintest.Run(t, "history") }
