package docs_test

import (
	"bytes"
	"context"
	"flag"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/commands"
	"github.com/mediacloud/mcwflint/internal/graph"
	"github.com/mediacloud/mcwflint/internal/load"
)

// Have: the picture in docs/graph.md is that of the example.
func TestGraph(t *testing.T) {
	dir, err := filepath.Abs(filepath.Join("..", "..", "examples", "kardashians", "good"))
	if err != nil {
		t.Fatal(err)
	}
	pkgs, skipped, err := load.Sound(context.Background(), load.Options{Dir: dir, Patterns: []string{"./..."}})
	if err != nil || len(skipped) > 0 {
		t.Fatal(err, skipped)
	}
	p, err := commands.Read(pkgs)
	if err != nil {
		t.Fatal(err)
	}
	g := graph.WithoutWorkers(p.Graph(func(token.Pos) string { return "" }))
	var want bytes.Buffer
	if err := graph.Print(&want, g, "mermaid", ""); err != nil {
		t.Fatal(err)
	}

	page := filepath.Join("..", "..", "docs", "graph.md")
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), "```mermaid\n")
	have, after, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("the page has no picture")
	}
	if have == want.String() {
		return
	}
	if flag.Lookup("update").Value.String() != "true" {
		t.Errorf("%s has another picture: run make docs", page)
	} else if err := os.WriteFile(page, []byte(before+"```mermaid\n"+want.String()+"```\n"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
