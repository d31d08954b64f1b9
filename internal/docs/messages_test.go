package docs_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/lint"
)

// details are what differs from one finding to the next of the same kind: what stands in
// parentheses, numbers and names.
var details = regexp.MustCompile(`\([^()]*(\([^()]*\)[^()]*)*\)|"[^"]*"|\b[\w.\[\]*]*[A-Z0-9_.][\w.\[\]*]*`)

// consequence is the part of a message that all of its kind share: what happens, and what to do.
func consequence(message string) string {
	_, rest, ok := strings.Cut(message, ": ")
	if !ok {
		rest = message
	}
	return details.ReplaceAllString(rest, "")
}

// Have: docs/messages.md has one real message of each kind, from the corpus.
func TestMessages(t *testing.T) {
	rules, err := analyzers.Select(analyzers.All, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata", "src"))
	if err != nil {
		t.Fatal(err)
	}
	report, err := lint.Run(context.Background(), lint.Options{Dir: dir, Patterns: []string{"./..."}, Tests: true, Analyzers: rules})
	if err != nil {
		t.Fatal(err)
	}
	byRule := make(map[string]map[string]string)
	for i := range report.Findings {
		f := &report.Findings[i]
		if byRule[f.Rule] == nil {
			byRule[f.Rule] = make(map[string]string)
		}
		kind := consequence(f.Detail.Message)
		// The shortest is the easiest to read, and the same on every run.
		if have := byRule[f.Rule][kind]; have == "" || len(f.Detail.Message) < len(have) || len(f.Detail.Message) == len(have) && f.Detail.Message < have {
			byRule[f.Rule][kind] = f.Detail.Message
		}
	}
	var b strings.Builder
	b.WriteString("# Messages\n\nOne of each kind, as the rules write them about the programs in `testdata/src`. The chain of calls, which many have, is left out.\n")
	for _, rule := range slices.Sorted(maps.Keys(byRule)) {
		fmt.Fprintf(&b, "\n## [%s](rules/%s.md)\n\n", rule, rule)
		for _, message := range slices.Sorted(maps.Values(byRule[rule])) {
			fmt.Fprintf(&b, "- %s\n", escape.Replace(message))
		}
	}
	path := filepath.Join("..", "..", "docs", "messages.md")
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != b.String() {
		t.Errorf("%s is not what the rules write: run make docs", path)
	}
	if len(byRule) != len(analyzers.Suite) {
		t.Errorf("the corpus has messages of %d rules, of %d", len(byRule), len(analyzers.Suite))
	}
}

// escape keeps Markdown from reading the names of a program.
var escape = strings.NewReplacer("*", `\*`, "_", `\_`, "<", "&lt;", "[", `\[`, "`", "\\`")
