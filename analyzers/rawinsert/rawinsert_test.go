package rawinsert_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/rawinsert"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", rawinsert.Analyzer, "./rawinsert/...")
}

func TestFix(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, "../../testdata/src", rawinsert.Analyzer, "./rawinsert/fix")
}

func TestCounters(t *testing.T) {
	if err := rawinsert.Analyzer.Flags.Set("counters", "true"); err != nil {
		t.Fatal(err)
	}
	defer rawinsert.Analyzer.Flags.Set("counters", "false")
	analysistest.Run(t, "../../testdata/src", rawinsert.Analyzer, "./counters")
}
