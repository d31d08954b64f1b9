package markers_test

import (
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/domaintest"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/inserts" // reads the statements
)

func Test(t *testing.T) { domaintest.Run(t, "markers") }
