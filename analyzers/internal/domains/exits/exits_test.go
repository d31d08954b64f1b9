package exits_test

import (
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/domaintest"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/exits"
)

func Test(t *testing.T) { domaintest.Run(t, "exits") }
