package implnaming_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/implnaming"
)

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", implnaming.Analyzer, "./implnaming/...")
}

func TestFix(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, "../../testdata/src", implnaming.Analyzer, "./implnaming/fix", "./implnaming/taken")
}
