package retrypolicy_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/retrypolicy"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", retrypolicy.Analyzer, "./retrypolicy/...")
}

func TestFix(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, "../../testdata/src", retrypolicy.Analyzer, "./retrypolicy/fix")
}

func TestBounded(t *testing.T) {
	if err := retrypolicy.Analyzer.Flags.Set("bounded", "true"); err != nil {
		t.Fatal(err)
	}
	defer retrypolicy.Analyzer.Flags.Set("bounded", "false")
	analysistest.Run(t, "../../testdata/src", retrypolicy.Analyzer, "./bounded")
}
