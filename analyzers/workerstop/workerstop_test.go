package workerstop_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/workerstop"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", workerstop.Analyzer, "./workerstop/...")
}

func TestFix(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, "../../testdata/src", workerstop.Analyzer, "./workerstop/fix")
}

func TestPrefer(t *testing.T) {
	if err := workerstop.Analyzer.Flags.Set("prefer", "false"); err != nil {
		t.Fatal(err)
	}
	defer workerstop.Analyzer.Flags.Set("prefer", "true")
	analysistest.Run(t, "../../testdata/src", workerstop.Analyzer, "./preferstop")
}
