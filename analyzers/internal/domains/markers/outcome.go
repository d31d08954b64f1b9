package markers

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// given is what a variable is assigned: none is what that is if a marker has changed no row, or "".
type given struct {
	pos  token.Pos
	none string
}

// errorKey begins the keys of errors.
const errorKey = "error "

// noteGiven notes disposition, err := claim(ctx, id).
func (g *guards) noteGiven(a *ast.AssignStmt) {
	none := ""
	if call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr); ok && len(a.Rhs) == 1 {
		none = g.said(call).None
	}
	for _, lhs := range a.Lhs {
		if v := syntax.Var(g.p.Info, lhs); v != nil {
			one := given{pos: a.Pos()}
			if syntax.IsErrorType(v.Type()) == strings.HasPrefix(none, errorKey) {
				one.none = none
			}
			g.given[v] = append(g.given[v], one)
		}
	}
}

// noneOf is what a variable is at pos if a marker has changed no row, or "".
func (g *guards) noneOf(v *types.Var, pos token.Pos) string {
	none := ""
	for _, one := range g.given[v] {
		if one.pos < pos {
			none = one.none
		}
	}
	return none
}

// isNone reports whether what is compared is what a variable is if no row has been changed.
func (g *guards) isNone(x, with ast.Expr) bool {
	v := syntax.Var(g.p.Info, x)
	if v == nil {
		return false
	}
	none := g.noneOf(v, x.Pos())
	return none != "" && g.outcomeKey(with) == none
}

// outcome is the constant or the error that a function returns where a marker has changed no row,
// by its key: what returns anything else, and does not fail, comes behind one that has.
func (g *guards) outcome(n *callgraph.Node, body *ast.BlockStmt, graph *flow.Graph) string {
	failed := g.failures(graph)
	var named map[string]bool // in all returns that need it
	once := false
	for ret := range syntax.Returns(body) {
		if len(ret.Results) == 0 {
			continue
		}
		if g.p.Guarded(n, ret.Pos()) {
			once = true
			continue
		}
		mine := g.outcomesIn(ret)
		if fails(g.p.Info, ret, failed) && !namesError(mine) {
			continue
		}
		if named == nil {
			named = mine
			continue
		}
		maps.DeleteFunc(named, func(key string, _ bool) bool { return !mine[key] })
	}
	if !once || len(named) != 1 {
		return ""
	}
	for key := range named {
		return key
	}
	return ""
}

func namesError(outcomes map[string]bool) bool {
	for key := range outcomes {
		if strings.HasPrefix(key, errorKey) {
			return true
		}
	}
	return false
}

// outcomesIn are the package's constants and errors that a return statement names.
func (g *guards) outcomesIn(ret *ast.ReturnStmt) map[string]bool {
	all := make(map[string]bool)
	ast.Inspect(ret, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			if key := g.outcomeKey(id); key != "" {
				all[key] = true
			}
		}
		return true
	})
	return all
}

// outcomeKey names a constant of a type of its own, or a package's error; "" is anything else.
func (g *guards) outcomeKey(x ast.Expr) string {
	id := syntax.Named(x)
	if id == nil {
		return ""
	}
	obj := g.p.Info.ObjectOf(id)
	if obj == nil || obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() {
		return ""
	}
	key := keys.Path(obj.Pkg()) + "." + obj.Name()
	switch obj := obj.(type) {
	case *types.Const:
		if _, named := types.Unalias(obj.Type()).(*types.Named); named {
			return key
		}
	case *types.Var:
		if syntax.IsErrorType(obj.Type()) {
			return errorKey + key
		}
	}
	return ""
}

// failure is where an error is known not to be nil.
type failure struct {
	err *types.Var
	in  flow.Region
}

func (g *guards) failures(graph *flow.Graph) []failure {
	var all []failure
	for k := range graph.Known() {
		if err, nonNil := syntax.ComparesNil(g.p.Info, k.Expr); err != nil && syntax.IsErrorType(err.Type()) && nonNil == k.Holds {
			all = append(all, failure{err, k.In})
		}
	}
	return all
}

// fails reports whether a return statement returns an error: a variable that is not nil there, or
// what makes one of something.
func fails(info *types.Info, ret *ast.ReturnStmt, failed []failure) bool {
	last := ast.Unparen(ret.Results[len(ret.Results)-1])
	if t := info.TypeOf(last); t == nil || !syntax.IsErrorLike(t) {
		return false
	}
	if v := syntax.Var(info, last); v != nil {
		for _, f := range failed {
			if f.err == v && f.in.Has(ret.Pos()) {
				return true
			}
		}
		return false
	}
	call, ok := last.(*ast.CallExpr)
	if !ok {
		return syntax.Composite(last) != nil
	}
	fn := syntax.Callee(info, call)
	return fn != nil && fn.Pkg() != nil && (fn.Pkg().Path() == "errors" && fn.Name() == "New" || fn.Pkg().Path() == "fmt")
}
