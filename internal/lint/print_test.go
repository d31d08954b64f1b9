package lint

import (
	"bytes"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers"
)

func TestPrintTree(t *testing.T) {
	r := &Report{Findings: []Finding{
		{Rule: "rawinsert", Pos: token.Position{Filename: "a.go", Line: 3, Column: 2}, Detail: analyzers.Finding{
			Message: "INSERT", Chain: []string{"Add", "store.Add", "insert"}, At: "store.go:9", More: 2}},
		{Rule: "directive", Pos: token.Position{Filename: "a.go", Line: 4, Column: 1}, Detail: analyzers.Finding{Message: "no rule"}},
		{Rule: "dbconnect", Pos: token.Position{Filename: "a.go", Line: 5, Column: 1}, Detail: analyzers.Finding{Message: "exits", At: "b.go:1"}},
	}}
	var b bytes.Buffer
	if err := r.PrintTree(&b, false); err != nil {
		t.Fatal(err)
	}
	const want = `a.go:3:2: INSERT (rawinsert)
    Add
    └─ store.Add
       └─ insert  store.go:9
    2 more activities reach it
a.go:4:1: no rule (directive)
a.go:5:1: exits at b.go:1 (dbconnect)
`
	if b.String() != want {
		t.Errorf("got\n%s", b.String())
	}
	b.Reset()
	if err := r.PrintTree(&b, true); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\x1b[1ma.go:3:2:\x1b[0m \x1b[33mINSERT\x1b[0m") {
		t.Errorf("got %q", b.String())
	}
}

func TestPrintGitHub(t *testing.T) {
	r := &Report{Findings: []Finding{{
		Rule: "rawinsert",
		Pos:  token.Position{Filename: filepath.Join(SourceRoot(), "a,b:c%.go"), Line: 3, Column: 2},
		// The end is on another line: columns would be wrong.
		End:        token.Position{Filename: "x", Line: 4, Column: 9},
		Diagnostic: analysis.Diagnostic{Message: "100 % of a,b:\r\nc"},
	}}}
	var b bytes.Buffer
	if err := r.PrintGitHub(&b); err != nil {
		t.Fatal(err)
	}
	if want := "::error file=a%2Cb%3Ac%25.go,line=3,col=2,title=mcwflint rawinsert::100 %25 of a,b:%0D%0Ac\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

// report has findings in one file, each with a fix of some edits: from, to, text.
func fixReport(t *testing.T, text string, fixes ...[]any) (*Report, string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	r := &Report{Fset: token.NewFileSet(), own: map[string]bool{name: true}}
	file := r.Fset.AddFile(name, -1, len(text))
	file.SetLinesForContent([]byte(text))
	for _, fix := range fixes {
		var edits []analysis.TextEdit
		for i := 0; i < len(fix); i += 3 {
			edits = append(edits, analysis.TextEdit{Pos: file.Pos(fix[i].(int)), End: file.Pos(fix[i+1].(int)), NewText: []byte(fix[i+2].(string))})
		}
		r.Findings = append(r.Findings, Finding{Diagnostic: analysis.Diagnostic{SuggestedFixes: []analysis.SuggestedFix{{TextEdits: edits}}}})
	}
	return r, name
}

func TestFixes(t *testing.T) {
	const text = "package a\n\nvar x, y = 1, 2\n" // x is at 15, y at 18, 1 at 22
	for _, test := range []struct {
		name  string
		fixes [][]any
		want  string
		left  int
	}{
		{"two", [][]any{{15, 16, "a"}, {18, 19, "b"}}, "package a\n\nvar a, b = 1, 2\n", 0},
		{"the same import twice", [][]any{{10, 10, "\nimport _ \"fmt\"\n", 15, 16, "a"}, {10, 10, "\nimport _ \"fmt\"\n", 18, 19, "b"}}, "package a\n\nimport _ \"fmt\"\n\nvar a, b = 1, 2\n", 0},
		// All of a fix or nothing: y stays.
		{"overlap", [][]any{{15, 19, "a, b"}, {15, 16, "c", 22, 23, "3"}}, "package a\n\nvar a, b = 1, 2\n", 1},
		{"formatted", [][]any{{11, 14, "var   "}}, text, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, name := fixReport(t, text, test.fixes...)
			fixes, err := r.Fixes()
			if err != nil {
				t.Fatal(err)
			}
			if got := string(fixes.after[name]); got != test.want || len(fixes.Left) != test.left {
				t.Errorf("got %q, %d left", got, len(fixes.Left))
			}
			if err := fixes.Write(); err != nil {
				t.Fatal(err)
			}
			if data, err := os.ReadFile(name); err != nil || string(data) != test.want {
				t.Errorf("written %q, %v", data, err)
			}
		})
	}
	r, name := fixReport(t, text, []any{11, 14, "func"})
	if fixes, err := r.Fixes(); err != nil || len(fixes.after) > 0 || len(fixes.Left) != 1 || !strings.Contains(fixes.Left[0].Why, "would not make a Go file") {
		t.Errorf("a fix that breaks the file: %+v, %v", fixes, err)
	}
	if err := os.WriteFile(name, []byte(text+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Fixes(); err == nil || !strings.Contains(err.Error(), "has changed since it was read") {
		t.Errorf("a file that has changed: %v", err)
	}
	r, name = fixReport(t, text, []any{15, 16, "a"})
	delete(r.own, name)
	if fixes, err := r.Fixes(); err != nil || len(fixes.Left) != 1 || len(fixes.after) != 0 {
		t.Errorf("a generated file: %+v, %v", fixes, err)
	}
}

// None of several files is replaced if one cannot be written.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	if err := os.WriteFile(name, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 10 { // maps have no order
		if err := write(map[string][]byte{name: []byte("new"), filepath.Join(dir, "missing", "b"): nil}); err == nil {
			t.Fatal("no error")
		}
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "old" {
		t.Errorf("%q, %v", data, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	// A link stays a link.
	link := filepath.Join(dir, "link")
	if err := os.Symlink(name, link); err != nil {
		t.Skip(err)
	}
	if err := write(map[string][]byte{link: []byte("new")}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("%v, %v", info, err)
	}
	if data, err := os.ReadFile(name); err != nil || string(data) != "new" {
		t.Errorf("%q, %v", data, err)
	}
}
