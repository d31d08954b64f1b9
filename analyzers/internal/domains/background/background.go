// Package background finds contexts that know nothing of the caller's: context.Background() or
// TODO() as an argument, in a function that has a context.
package background

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// CutOff passes on a context that its own does not cancel.
var CutOff = facts.NewKind(facts.KindInfo{
	Name: "cutoff", Rule: "workflowcontext", Roots: []facts.RootKind{facts.ActivityRoot}, AtStart: true,
})

func init() {
	callgraph.Register(&callgraph.Domain{Name: "background", Version: 1}, func(p *callgraph.Package) (any, callgraph.Hooks) {
		r := &reader{p}
		return r, callgraph.Hooks{
			Visit: r.visit,
			// Only what the activity itself does: a function that it calls may have its reasons.
			Passes: func(_ *callgraph.Node, _ *callgraph.Edge, e *facts.Effect) bool { return e.Kind != CutOff },
		}
	})
}

type reader struct{ *callgraph.Package }

func (r *reader) visit(n *callgraph.Node, x ast.Node, stack []ast.Node) {
	call, ok := x.(*ast.CallExpr)
	if !ok || n.Fn == nil || !hasContext(n) {
		return
	}
	// WithTimeout(Background()) bounds itself; a logger only takes values from its context.
	if fn := syntax.Callee(r.Info, call); fn != nil && (keys.Path(fn.Pkg()) == "context" || logs(fn)) {
		return
	}
	for _, outer := range stack {
		switch outer.(type) {
		case *ast.DeferStmt, *ast.GoStmt:
			return
		}
	}
	for _, arg := range call.Args {
		if name := r.background(arg); name != "" {
			r.AddSite(n, CutOff, name, arg.Pos(), arg.End())
		}
	}
}

// logs reports whether a function writes a line to a log, by its name: it has a level's, and no result.
func logs(fn *types.Func) bool {
	return fn.Signature().Results().Len() == 0 && slices.ContainsFunc(levels, func(level string) bool { return strings.HasPrefix(fn.Name(), level) })
}

var levels = []string{"Trace", "Debug", "Info", "Warn", "Error", "Log", "Print"}

// hasContext reports whether a function has a context of its own, by name.
func hasContext(n *callgraph.Node) bool {
	params := n.Sig.Params()
	if params.Len() == 0 || !syntax.IsContext(params.At(0).Type()) {
		return false
	}
	name := params.At(0).Name()
	return name != "" && name != "_"
}

// background is the name of a call that makes a context which nothing cancels, or "".
func (r *reader) background(x ast.Expr) string {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return ""
	}
	fn := syntax.Callee(r.Info, call)
	if fn == nil || keys.Path(fn.Pkg()) != "context" || fn.Name() != "Background" && fn.Name() != "TODO" {
		return ""
	}
	return "context." + fn.Name()
}
