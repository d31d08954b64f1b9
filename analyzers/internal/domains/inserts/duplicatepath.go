package inserts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/exits"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A path is what runs when a row is there already: the branch behind the test, and
// what follows if it falls through.
type path struct {
	d   *duplicates
	in  *scope
	err types.Object // the error tested
	// fails says of the variables that were set on the way, and of err, whether they
	// hold a failure.
	fails  map[types.Object]bool
	behind []ast.Stmt // where a break goes on
}

// A verdict says how a path ends.
type verdict int

const (
	falls   verdict = iota // it does not: what follows decides
	success                // without an error, or where nobody can tell
	failure
)

func (d *duplicates) newPath(in *scope, err types.Object) *path {
	return &path{d: d, in: in, err: err, fails: map[types.Object]bool{err: true}}
}

// goesOn reports whether a branch, and what follows it if it falls through, ends
// without an error. A break goes on behind the loop.
func (p *path) goesOn(branch, rest, behind []ast.Stmt) bool {
	p.behind = behind
	v := p.list(branch)
	if v == falls {
		v = p.list(rest)
	}
	if v == falls && p.in.outer != nil {
		v = p.bare(p.in.outer)
	}
	return v != failure
}

func (p *path) list(list []ast.Stmt) verdict {
	for _, stmt := range list {
		if v := p.statement(stmt); v != falls {
			return v
		}
	}
	return falls
}

func (p *path) statement(stmt ast.Stmt) verdict {
	switch s := stmt.(type) {
	case *ast.ReturnStmt:
		if len(s.Results) > 0 {
			return p.ends(s.Results[len(s.Results)-1])
		}
		if p.in.outer != nil {
			return p.bare(p.in.outer)
		}
		return p.bare(p.in)
	case *ast.BranchStmt:
		if s.Tok != token.BREAK || s.Label != nil {
			return success
		}
		if v := p.list(p.behind); v != falls {
			return v
		}
		return success
	case *ast.BlockStmt:
		return p.list(s.List)
	case *ast.AssignStmt:
		return p.assign(s)
	case *ast.IfStmt:
		return p.ifElse(s)
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok && p.dies(call) {
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
	for i, lhs := range a.Lhs {
		id := syntax.Ident(lhs)
		if id == nil || id.Name == "_" {
			continue
		}
		rhs := a.Rhs[0]
		if len(a.Lhs) == len(a.Rhs) {
			rhs = a.Rhs[i]
		}
		obj := p.d.p.Info.ObjectOf(id)
		if obj == p.err {
			return p.ends(rhs)
		}
		p.fails[obj] = p.failure(rhs)
	}
	return falls
}

// ifElse follows the branch that a duplicate takes. Errors that were made on the
// way are taken to be nil.
func (p *path) ifElse(s *ast.IfStmt) verdict {
	if s.Init != nil {
		if v := p.statement(s.Init); v != falls {
			return v
		}
	}
	if t, ok := p.d.condition(p.in, s.Cond); ok && t.err == p.err {
		return p.list(t.branch(s))
	}
	compared := syntax.TestsError(p.d.p.Info, s.Cond)
	isErr := p.d.errorIn(s.Cond, nil) == p.err
	switch {
	case compared == token.NEQ && isErr, compared == token.EQL && !isErr && p.set(s.Cond):
		return p.list(s.Body.List)
	case compared == token.EQL && isErr, compared == token.NEQ && p.set(s.Cond):
		return p.list(elseOf(s))
	case p.set(s.Cond):
		return success // a variable says that there was a duplicate, or what it is
	}
	return falls
}

// set reports whether a condition is about a variable that was set on the way.
func (p *path) set(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			obj := p.d.p.Info.Uses[id]
			_, set := p.fails[obj]
			found = found || set && obj != p.err
		}
		return !found
	})
	return found
}

func (p *path) dies(call *ast.CallExpr) bool {
	if id := syntax.Ident(call.Fun); id != nil && id.Name == "panic" {
		return true
	}
	fn := syntax.Callee(p.d.p.Info, call)
	return fn != nil && fn.Pkg() != nil && exits.EndsProcess(fn)
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
		obj := p.d.p.Info.ObjectOf(x)
		if fails, ok := p.fails[obj]; ok {
			return fails
		}
		return obj != nil && isErrorLike(obj.Type())
	case *ast.SelectorExpr:
		t := p.d.p.Info.TypeOf(x)
		if t == nil || !isErrorLike(t) {
			return false
		}
		// gorm has the error in its result: result.Error, db.First(&p).Error.
		switch from := ast.Unparen(x.X).(type) {
		case *ast.Ident:
			if fails, ok := p.fails[p.d.p.Info.ObjectOf(from)]; ok {
				return fails
			}
		case *ast.CallExpr:
			return p.takesError(from)
		}
		return true
	case *ast.CallExpr:
		if t := p.d.p.Info.TypeOf(x); t == nil || !isErrorLike(t) {
			return false // several results, or none that is an error
		}
		fn := syntax.Callee(p.d.p.Info, x)
		if fn == nil || fn.Pkg() == nil {
			return true
		}
		path := fn.Pkg().Path()
		return p.takesError(x) || path == "fmt" || path == "errors" || strings.HasPrefix(fn.Name(), "New") || strings.Contains(strings.ToLower(fn.Name()), "err") ||
			strings.Contains(path, "temporal") || strings.Contains(path, "status") || strings.Contains(path, "err")
	default:
		t := p.d.p.Info.TypeOf(x)
		return t != nil && isErrorLike(t)
	}
}

func (p *path) takesError(call *ast.CallExpr) bool {
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return p.d.errorIn(arg, nil) != nil })
}

func isErrorLike(t types.Type) bool {
	i, ok := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	return ok && (types.Implements(t, i) || types.Implements(types.NewPointer(t), i))
}

// behind returns the statements behind the innermost loop, switch or select.
func behind(stack []ast.Node) []ast.Stmt {
	for i := len(stack) - 1; i > 0; i-- {
		switch stack[i].(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return following(stack[:i], stack[i].(ast.Stmt))
		}
	}
	return nil
}

// following returns the statements that follow stmt in the list it stands in.
func following(stack []ast.Node, stmt ast.Stmt) []ast.Stmt {
	for i := len(stack) - 1; i >= 0; i-- {
		var list []ast.Stmt
		switch parent := stack[i].(type) {
		case *ast.LabeledStmt:
			stmt = parent
			continue
		case *ast.BlockStmt:
			list = parent.List
		case *ast.CaseClause:
			list = parent.Body
		case *ast.CommClause:
			list = parent.Body
		}
		return list[slices.Index(list, stmt)+1:]
	}
	return nil
}
