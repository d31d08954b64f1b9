package analyzers_test

import (
	"go/token"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/analyzers/commands"
)

// No rule falls over code that is legal and odd.
func TestOdd(t *testing.T) {
	corpus, err := filepath.Abs("../testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	// What gofmt would take away.
	overlay := map[string][]byte{
		filepath.Join(corpus, "odd/forms/unformatted.go"): []byte(unformatted),
		filepath.Join(corpus, "odd/broken/broken.go"):     []byte(broken),
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: corpus, Overlay: overlay}, "./odd/...", "./odd/broken")
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
	program, err := commands.Read(slices.DeleteFunc(pkgs, func(pkg *packages.Package) bool { return pkg.IllTyped }))
	if err != nil {
		t.Fatal(err)
	}
	if breaks := commands.Compare(program, program); len(breaks) > 0 {
		t.Errorf("differs from itself: %v", breaks)
	}
	if g := program.Graph(func(token.Pos) string { return "" }); len(g.Nodes) == 0 {
		t.Error("nothing to draw")
	}
}

// unformatted is what gofmt would take away, broken what does not compile.
const (
	unformatted = `package forms

func nothing() () {}

func keys(m map[string]int) (out []string) {
	for k := range m {
		out = (append(out, k))
	}
	return (out)
}

func shadowed() []any {
	append := func() []any { return nil }
	list := append()
	return list
}
`
	broken = `package broken

import "go.temporal.io/sdk/workflow"

var wrong int = "x"

func BrokenWorkflow(ctx workflow.Context) error {
	var v string
	ch := workflow.GetSignalChannel(ctx, "s")
	ch.Receive(ctx, &v)
	list := []any{v}
	workflow.ExecuteActivity(ctx, missing, list...)
	return workflow.NewContinueAsNewError(ctx, BrokenWorkflow)
}
`
)
