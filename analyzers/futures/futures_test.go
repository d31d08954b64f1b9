package futures_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/futures"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", futures.Analyzer, "./futures/...")
}

func TestFix(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, "../../testdata/src", futures.Analyzer, "./futures/fix")
}
