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
