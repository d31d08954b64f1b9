// Package toy is a domain to test the call graph with: a function called Boom is the effect,
// functions whose names begin with Root are the roots, what one called Quiet does is hidden, and
// roots are given the methods of a type called Meant.
package toy

import (
	"errors"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

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
			Suits: func(fn *types.Func, _ *callgraph.Node) facts.Kind {
				if fn != nil && strings.HasPrefix(keys.Owner(fn), "Meant.") {
					return boom
				}
				return 0
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
	Name: "toygraph", Doc: "compute what functions reach", Requires: []*analysis.Analyzer{report.Directives},
	FactTypes: callgraph.FactTypes, ResultType: reflect.TypeFor[*callgraph.Result](),
	Run: func(pass *analysis.Pass) (any, error) {
		if !strings.HasPrefix(pass.Pkg.Path(), "example.com/toy") {
			return new(callgraph.Result), nil
		}
		imports := slices.Clone(pass.Pkg.Imports())
		result := callgraph.Analyze(pass, false)
		if !slices.Equal(pass.Pkg.Imports(), imports) {
			return nil, errors.New("the order of the package's imports, which other analyzers read at the same time, has changed")
		}
		return result, nil
	},
}

// Analyzer reports what the roots reach.
var Analyzer = &analysis.Analyzer{
	Name: "toy", Doc: "report the Booms that roots reach", Requires: []*analysis.Analyzer{graph, report.Directives}, ResultType: report.ResultType,
	Run: func(pass *analysis.Pass) (any, error) {
		rep := report.New(pass)
		for _, c := range pass.ResultOf[graph].(*callgraph.Result).Of(boom) {
			rep.Report(c.Finding("Boom"))
		}
		return rep.Done()
	},
}
