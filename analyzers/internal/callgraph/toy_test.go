package callgraph_test

import (
	"flag"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// The toy domain: a function called Boom is the effect, functions whose names begin with Root
// are the roots, and what one called Quiet does is hidden.
var boom = facts.NewKind(facts.KindInfo{Name: "boom", Rule: "toy", Roots: []facts.RootKind{facts.ActivityRoot}, AtStart: true})

func init() {
	callgraph.Register(&callgraph.Domain{Name: "toy", Version: 1}, func(p *callgraph.Package) (any, callgraph.Hooks) {
		return nil, callgraph.Hooks{
			Enter: func(n *callgraph.Node) {
				if n.Fn != nil && n.Fn.Name() == "Quiet" {
					n.Mark(callgraph.Mark{Pos: n.Body.Pos(), End: n.Body.End(), Mask: boom})
				}
			},
			Sink: func(n *callgraph.Node, ref *callgraph.Reference) bool {
				if ref.Fn.Name() != "Boom" {
					return false
				}
				p.AddSink(n, boom, "Boom", ref)
				return true
			},
			Roots: func() (roots []*callgraph.Root) {
				for _, n := range p.Nodes {
					if n.Fn != nil && strings.HasPrefix(n.Fn.Name(), "Root") {
						roots = append(roots, p.FunctionRoot(n.Fn, facts.ActivityRoot))
					}
				}
				return roots
			},
		}
	})
}

var graph = &analysis.Analyzer{
	Name: "graph", Doc: "compute", Requires: []*analysis.Analyzer{report.Directives},
	FactTypes: callgraph.FactTypes, ResultType: reflect.TypeFor[*callgraph.Result](),
	Run: func(pass *analysis.Pass) (any, error) {
		if !strings.HasPrefix(pass.Pkg.Path(), "example.com/toy") {
			return new(callgraph.Result), nil
		}
		return callgraph.Analyze(pass, false), nil
	},
}

var toy = &analysis.Analyzer{
	Name: "toy", Doc: "report", Requires: []*analysis.Analyzer{graph, report.Directives}, ResultType: report.ResultType,
	Run: func(pass *analysis.Pass) (any, error) {
		rep := report.New(pass)
		for _, c := range pass.ResultOf[graph].(*callgraph.Result).Of(boom) {
			rep.Report(c.Finding("Boom"))
		}
		return rep.Done()
	},
}

func TestMain(m *testing.M) {
	if os.Getenv("CALLGRAPH_TEST_TOOL") != "" {
		flag.CommandLine = flag.NewFlagSet("toy", flag.ExitOnError)
		unitchecker.Main(toy)
	}
	os.Exit(m.Run())
}

func Test(t *testing.T) {
	analysistest.Run(t, "testdata/toy", toy, "./...")
}

// Have: go vet, which sees the facts of direct imports and compiled types, reports the same.
func TestVet(t *testing.T) {
	tool, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "vet", "-vettool="+tool, "./...")
	cmd.Dir = "testdata/toy"
	cmd.Env = append(os.Environ(), "CALLGRAPH_TEST_TOOL=1")
	out, _ := cmd.CombinedOutput()
	var lines []string
	for line := range strings.Lines(string(out)) {
		if at, message, ok := strings.Cut(strings.TrimSpace(line), ": Boom"); ok {
			lines = append(lines, at[strings.LastIndexByte(at, '/')+1:]+message)
		}
	}
	slices.Sort(lines)
	const want = `app.go:10:21 (RootDirect)
app.go:12:24 (RootComponent -> deep.A -> b -> c at deep.go:17)
app.go:15:16 (RootClosure)
app.go:20:6 (RootMethodValue -> deep.T.Do at deep.go:30; 1 more activity reaches it)
app.go:36:18 (RootStoredElsewhere -> explode; 1 more activity reaches it)
app.go:44:2 (RootInterface -> iface.Loud.Do at iface.go:13)`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("go vet reports\n%s\nwant\n%s\nof\n%s", got, want, out)
	}
}
