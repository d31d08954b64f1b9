package duplicates_test

import (
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/domaintest"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/duplicates"
)

func Test(t *testing.T) { domaintest.Run(t, "duplicates") }
