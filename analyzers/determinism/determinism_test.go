package determinism_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/determinism"
)

func TestMain(m *testing.M) {
	for name, value := range map[string]string{
		"deny":  "example.com/corpus/determinism/settings/external.Denied",
		"allow": "example.com/corpus/determinism/settings.Allowed",
	} {
		if err := determinism.Analyzer.Flags.Set(name, value); err != nil {
			panic(err)
		}
	}
	m.Run()
}

func Test(t *testing.T) {
	analysistest.Run(t, "../../testdata/src", determinism.Analyzer, "./determinism/...")
}

func TestFix(t *testing.T) {
	analysistest.RunWithSuggestedFixes(t, "../../testdata/src", determinism.Analyzer, "./determinism/fix")
}
