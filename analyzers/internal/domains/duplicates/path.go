package duplicates

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A path is what runs when a row is there already, behind the test.
type path struct {
	d   *Duplicates
	in  *scope
	err types.Object // the error tested
	// fails says of the variables that were set on the way, and of err, whether they
	// hold a failure.
	fails    map[types.Object]bool
	returned *ast.ReturnStmt // where it ends
}

func (d *Duplicates) newPath(in *scope, err types.Object) *path {
	return &path{d: d, in: in, err: err, fails: map[types.Object]bool{err: true}}
}

// A verdict says how a path ends.
type verdict int

const (
	falls   verdict = iota // it does not: what follows decides
	success                // without an error, or where nobody can tell
	failure
)

// goesOn reports whether what a condition leads to ends without an error, or turns a loop again.
func (p *path) goesOn(c flow.Condition, holds bool) bool {
	v := falls
	p.d.graph(p.in.body).Follow(c, holds, func(n ast.Node) bool {
		v = p.node(n)
		return v != falls
	}, p.decide)
	return v != failure
}

func (p *path) node(n ast.Node) verdict {
	switch n := n.(type) {
	case *ast.ReturnStmt:
		p.returned = n
		if len(n.Results) > 0 {
			return p.ends(n.Results[len(n.Results)-1])
		}
		if p.in.outer != nil {
			return p.bare(p.in.outer)
		}
		return p.bare(p.in)
	case *ast.AssignStmt:
		return p.assign(n)
	case *ast.ExprStmt:
		if call, ok := n.X.(*ast.CallExpr); ok && flow.NeverReturns(p.d.Info, call) {
			return failure
		}
	}
	return falls
}

// bare is the verdict on a return without values from a scope.
func (p *path) bare(in *scope) verdict {
	if p.fails[in.result] {
		return failure
	}
	return success
}

func (p *path) ends(x ast.Expr) verdict {
	if p.failure(x) {
		return failure
	}
	return success
}

// assign notes what the variables hold: err = nil goes on; err = ErrExists maps.
func (p *path) assign(a *ast.AssignStmt) verdict {
	for lhs, rhs := range syntax.Definitions(a) {
		id := syntax.Ident(lhs)
		if id == nil || id.Name == "_" {
			continue
		}
		obj := p.d.Info.ObjectOf(id)
		if obj == p.err {
			return p.ends(rhs)
		}
		p.fails[obj] = p.failure(rhs)
	}
	return falls
}

// decide says of a condition whether it holds for a duplicate. Errors that were made on the
// way are taken to be nil.
func (p *path) decide(c flow.Condition) flow.Decision {
	if c.Tag != nil {
		return flow.Unknown
	}
	t, ok := p.d.condition(p.in, c.Expr)
	isTest := ok && t.err == p.err
	compared := syntax.TestsError(p.d.Info, c.Expr)
	isErr := p.d.errorIn(c.Expr, nil) == p.err
	switch {
	case isTest && !t.isDup:
		return flow.HoldsNot
	case isTest, compared == token.NEQ && isErr, compared == token.EQL && !isErr && p.set(c.Expr):
		return flow.Holds
	case compared == token.EQL && isErr, compared == token.NEQ && p.set(c.Expr):
		return flow.HoldsNot
	case p.set(c.Expr):
		return flow.Stop // a variable says that there was a duplicate, or what it is
	}
	return flow.Unknown
}

// set reports whether a condition is about a variable that was set on the way.
func (p *path) set(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			obj := p.d.Info.Uses[id]
			_, set := p.fails[obj]
			found = found || set && obj != p.err
		}
		return !found
	})
	return found
}

// failure reports whether x, returned last, is an error: the one tested, another
// made of it, a sentinel. A call that is none of these, such as one that reads the
// row that is there, is not, nor is the error of such a call.
func (p *path) failure(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if x.Name == "nil" || x.Name == "true" || x.Name == "false" {
			return false
		}
		obj := p.d.Info.ObjectOf(x)
		if fails, ok := p.fails[obj]; ok {
			return fails
		}
		return obj != nil && isErrorLike(obj.Type())
	case *ast.SelectorExpr:
		t := p.d.Info.TypeOf(x)
		if t == nil || !isErrorLike(t) {
			return false
		}
		// gorm has the error in its result: result.Error, db.First(&p).Error.
		switch from := ast.Unparen(x.X).(type) {
		case *ast.Ident:
			if fails, ok := p.fails[p.d.Info.ObjectOf(from)]; ok {
				return fails
			}
		case *ast.CallExpr:
			return p.takesError(from)
		}
		return true
	case *ast.CallExpr:
		if t := p.d.Info.TypeOf(x); t == nil || !isErrorLike(t) {
			return false // several results, or none that is an error
		}
		fn := syntax.Callee(p.d.Info, x)
		if fn == nil || fn.Pkg() == nil {
			return true
		}
		path := fn.Pkg().Path()
		return p.takesError(x) || path == "fmt" || path == "errors" || strings.HasPrefix(fn.Name(), "New") || strings.Contains(strings.ToLower(fn.Name()), "err") ||
			strings.Contains(path, "temporal") || strings.Contains(path, "status") || strings.Contains(path, "err")
	default:
		t := p.d.Info.TypeOf(x)
		return t != nil && isErrorLike(t)
	}
}

func (p *path) takesError(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return p.d.errorIn(arg, nil) != nil })
}

// isErrorLike reports whether t, or a pointer to it, is an error.
func isErrorLike(t types.Type) bool {
	return syntax.IsErrorLike(t) || syntax.IsErrorLike(types.NewPointer(t))
}
