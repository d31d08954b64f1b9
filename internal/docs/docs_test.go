package docs

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/settings"
)

var update = flag.Bool("update", false, "write docs/rules")

const root = "../.."

func TestPages(t *testing.T) {
	have := make(map[string]bool)
	for _, r := range analyzers.Suite {
		name := r.Analyzer.Name + ".md"
		have[name] = true
		path := filepath.Join(root, "docs", "rules", name)
		if *update {
			if err := os.WriteFile(path, []byte(Page(r)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("rule %s has no page: %v", r.Analyzer.Name, err)
			continue
		}
		if string(text) != Page(r) {
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

// The files that are made from the settings.
func TestGenerated(t *testing.T) {
	files := map[string][]byte{"docs/mcwflint.schema.json": settings.Schema()}
	for _, s := range settings.Snippets() {
		ext := filepath.Ext(s.File)
		files[strings.TrimSuffix(s.File, ext)+".example"+ext] = []byte(s.Text)
	}
	for name, want := range files {
		path := filepath.Join(root, name)
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != string(want) {
			t.Errorf("%s is not what the settings say (%v): run make docs", name, err)
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
