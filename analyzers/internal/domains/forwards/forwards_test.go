package forwards_test

import (
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/domaintest"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/names" // which has forwards
)

func Test(t *testing.T) { domaintest.Run(t, "forwards") }
