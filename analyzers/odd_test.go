package analyzers_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
)

// No rule falls over code that is legal and odd.
func TestOdd(t *testing.T) {
	corpus, err := filepath.Abs("../testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	// What gofmt would take away.
	unformatted := map[string][]byte{filepath.Join(corpus, "odd/forms/unformatted.go"): []byte("package forms\n\nfunc nothing() () {}\n")}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: corpus, Overlay: unformatted}, "./odd/...")
	if err != nil || len(pkgs) < 2 {
		t.Fatal(len(pkgs), err)
	}
	all, err := analyzers.Select(analyzers.All, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze(all, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Err != nil {
			t.Error(act, act.Err)
		}
	}
}
