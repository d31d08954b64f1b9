package docs

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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

// between returns the parts of a text before, between and behind two marks.
func between(t *testing.T, text, begin, end string) (before, middle, after string) {
	t.Helper()
	before, rest, ok1 := strings.Cut(text, begin)
	middle, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("no text between %q and %q", begin, end)
	}
	return before + begin, middle, end + after
}

// The parts of documents that are made from the rules.
func TestParts(t *testing.T) {
	for _, part := range []struct{ file, begin, end, want string }{
		{"docs/configuration.md", "<!-- settings -->\n", "<!-- end -->", SettingsTable()},
		{"docs/drivers.md", "    deps = [\n", "    ],\n", NogoRules()},
	} {
		path := filepath.Join(root, part.file)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		before, got, after := between(t, string(text), part.begin, part.end)
		if *update {
			if err := os.WriteFile(path, []byte(before+part.want+after), 0o644); err != nil {
				t.Fatal(err)
			}
			got = part.want
		}
		if got != part.want {
			t.Errorf("%s is not what the rules say: run make docs", part.file)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#]+)(?:#[^)]*)?\)`)

// Have: links to files of the repository lead somewhere, and every document can be
// reached from the README.
func TestLinks(t *testing.T) {
	seen := map[string]bool{"README.md": true, "CHANGELOG.md": true, "SECURITY.md": true}
	for queue := []string{"README.md", "SECURITY.md"}; len(queue) > 0; queue = queue[1:] {
		text, err := os.ReadFile(filepath.Join(root, queue[0]))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			target := filepath.Join(filepath.Dir(queue[0]), m[1])
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s: link to %s leads nowhere", queue[0], m[1])
			} else if strings.HasSuffix(target, ".md") && !seen[target] {
				seen[target] = true
				queue = append(queue, target)
			}
		}
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, filepath.Join(root, "CONTRIBUTING.md")) {
		rel, err := filepath.Rel(root, page)
		if err != nil {
			t.Fatal(err)
		}
		if !seen[rel] {
			t.Errorf("no link leads from the README to %s", rel)
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
	if *update {
		before, _, after := between(t, string(text), "<!-- rules -->\n", "<!-- end -->")
		if err := os.WriteFile(filepath.Join(root, "README.md"), []byte(before+want+after), 0o644); err != nil {
			t.Fatal(err)
		}
		table = want
	}
	if table != want {
		t.Errorf("the README's table is\n%swant\n%s", table, want)
	}
}
