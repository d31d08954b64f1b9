package directive_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	_ "github.com/mediacloud/mcwflint/analyzers" // names the rules
	"github.com/mediacloud/mcwflint/analyzers/directive"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", directive.Analyzer, "./directive")
}
