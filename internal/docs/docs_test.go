// Package docs holds the documentation to the rules.
package docs

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers"
)

var update = flag.Bool("update", false, "write docs/rules")

const root = "../.."

// page is the text of a rule's page: its documentation, its settings and how to
// silence it.
func page(r analyzers.Rule) string {
	a := r.Analyzer
	var b strings.Builder
	title, body, _ := strings.Cut(a.Doc, "\n\n")
	fmt.Fprintf(&b, "# %s\n\n%s.\n", a.Name, strings.ToUpper(title[:1])+title[1:])
	if r.Tip != "" {
		fmt.Fprintf(&b, "\nThe tip: %s.\n", r.Tip)
	}
	fmt.Fprintf(&b, "Presets: %s, all. Since %s.\n\n%s", strings.Join(r.Presets, ", "), r.Since, markdown(body))
	settings := ""
	a.Flags.VisitAll(func(f *flag.Flag) {
		usage := strings.ReplaceAll(f.Usage, "`", "")
		value := f.DefValue
		if value == "" {
			value = "none"
		}
		settings += fmt.Sprintf("| `-%s.%s` | %s | %s |\n", a.Name, f.Name, usage, value)
	})
	if settings != "" {
		b.WriteString("\n## Settings\n\n| flag | | default |\n| --- | --- | --- |\n" + settings)
	}
	if a.Name != "directive" {
		fmt.Fprintf(&b, "\n## Silencing it\n\n```go\n//mcwflint:ignore %s -- the reason\n```\n\non the line, on the line above, or in the function's comment. The reason is required.\n", a.Name)
	}
	return b.String()
}

// markdown turns the conventions of doc comments into Markdown's: indented code
// into fences, and list items to the margin.
func markdown(doc string) string {
	var b strings.Builder
	code := false
	lines := strings.Split(doc, "\n")
	for i, line := range lines {
		indented := strings.HasPrefix(line, "\t")
		blank := line == ""
		switch {
		case !code && indented:
			b.WriteString("```go\n")
			code = true
		case code && !indented && !(blank && i+1 < len(lines) && strings.HasPrefix(lines[i+1], "\t")):
			b.WriteString("```\n")
			code = false
		}
		switch {
		case code:
			line = strings.TrimPrefix(line, "\t")
		case strings.HasPrefix(line, "  - "):
			line = line[2:]
		case strings.HasPrefix(line, "    "):
			line = line[2:]
		}
		b.WriteString(line + "\n")
	}
	if code {
		b.WriteString("```\n")
	}
	return b.String()
}

func TestPages(t *testing.T) {
	have := make(map[string]bool)
	for _, r := range analyzers.Suite {
		name := r.Analyzer.Name + ".md"
		have[name] = true
		path := filepath.Join(root, "docs", "rules", name)
		if *update {
			if err := os.WriteFile(path, []byte(page(r)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("rule %s has no page: %v", r.Analyzer.Name, err)
			continue
		}
		if string(text) != page(r) {
			t.Errorf("%s is not what the rule says: run make docs", path)
		}
		if !strings.HasSuffix(r.Analyzer.URL, "/docs/rules/"+name) {
			t.Errorf("%s: URL %s is not its page", r.Analyzer.Name, r.Analyzer.URL)
		}
	}
	entries, err := os.ReadDir(filepath.Join(root, "docs", "rules"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !have[e.Name()] {
			t.Errorf("page %s has no rule", e.Name())
		}
	}
}

func TestReadmeTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "<!-- rules -->\n")
	table, _, ok := strings.Cut(rest, "<!-- end -->")
	if !ok {
		t.Fatal("the README has no table of rules")
	}
	want := "| rule | reports | tip |\n| --- | --- | --- |\n"
	for _, r := range analyzers.Suite {
		title, _, _ := strings.Cut(r.Analyzer.Doc, "\n")
		tip := r.Tip + " "
		if r.Tip == "" {
			tip = ""
		}
		want += fmt.Sprintf("| [%[1]s](docs/rules/%[1]s.md) | %s | %s|\n", r.Analyzer.Name, strings.TrimPrefix(title, "report "), tip)
	}
	if table != want {
		t.Errorf("the README's table is\n%swant\n%s", table, want)
	}
}
