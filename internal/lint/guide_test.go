package lint_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/lint"
)

// The examples of the guide, in Go: every good one is clean under the default
// preset, every bad one is reported by the rule of its tip and by no other.
func TestGuide(t *testing.T) {
	selected, err := analyzers.Select(analyzers.Tips, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := lint.Run(context.Background(), lint.Options{
		Dir: "../../testdata/src", Patterns: []string{"./guide/..."}, Tests: true, Analyzers: selected,
	})
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]int)
	for _, f := range report.Findings {
		dir := filepath.Dir(f.Pos.Filename)
		rule := filepath.Base(dir)
		if filepath.Base(filepath.Dir(dir)) != "bad" || rule != f.Rule {
			t.Errorf("%s: %s (%s)", f.Pos, f.Diagnostic.Message, f.Rule)
			continue
		}
		found[rule]++
	}
	for _, r := range analyzers.Suite {
		name := r.Analyzer.Name
		if r.Tip != "" && found[name] == 0 {
			t.Errorf("%s does not report the example of its tip", name)
		}
		if _, err := os.Stat(filepath.Join("../../testdata/src/guide/bad", name)); r.Tip != "" && err != nil {
			t.Errorf("tip %q has no bad example: %v", r.Tip, err)
		}
	}
	if report.Packages < 20 || len(report.Skipped) > 0 {
		t.Errorf("%d packages, skipped %v", report.Packages, report.Skipped)
	}
}
