package determinism_test

import (
	"testing"

	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/determinism"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/domaintest"
)

func Test(t *testing.T) { domaintest.Run(t, "determinism") }
