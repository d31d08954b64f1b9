package roles

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Assignments are what a package assigns to local and package variables: what the
// rules still need when the rest of a Finder can be freed.
type Assignments struct {
	pkg    *types.Package
	values map[*types.Var][]ast.Expr
	firsts map[*types.Var]ast.Expr // v in "v, err := x" -> x
	parts  map[*types.Var]bool     // v in "v.F = x", "v[i] = x" and "&v"
}

// Values returns what is assigned to a local or package variable, in order of
// appearance; nil stands for what is not an expression of its own.
func (a *Assignments) Values(v *types.Var) []ast.Expr { return a.values[v] }

// First returns the call in "v, err := f()", or nil.
func (a *Assignments) First(v *types.Var) ast.Expr { return a.firsts[v] }

// Changed reports whether a part of v is assigned, or its address is taken, so that
// it is more than its values say.
func (a *Assignments) Changed(v *types.Var) bool { return a.parts[v] }

// Value returns the one expression that a local variable is assigned, or, in
// "v, err := f()", the call; nil if there are several or none.
func (a *Assignments) Value(v *types.Var) ast.Expr {
	if len(a.values[v]) != 1 || v.Parent() == nil || v.Parent() == a.pkg.Scope() {
		return nil
	}
	if x := a.values[v][0]; x != nil {
		return x
	}
	return a.firsts[v]
}

func (f *Finder) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.FuncDecl:
		fn, ok := f.Info.Defs[n.Name].(*types.Func)
		if !ok {
			return
		}
		f.decls[fn] = n
		for i := range fn.Signature().Params().Len() {
			f.params[fn.Signature().Params().At(i)] = param{fn, i}
		}
	case *ast.AssignStmt:
		for lhs, rhs := range syntax.Assigned(n) {
			f.assigned(lhs, rhs)
		}
		if v := f.variable(n.Lhs[0]); v != nil && !v.IsField() && len(n.Lhs) != len(n.Rhs) {
			f.firsts[v] = n.Rhs[0]
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if v, ok := f.Info.Defs[name].(*types.Var); ok && i < len(n.Values) {
				f.values[v] = append(f.values[v], n.Values[i])
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			if v := f.variable(ast.Unparen(n.X)); v != nil {
				f.parts[v] = true
			}
		}
	case *ast.RangeStmt:
		if v := f.variable(n.Value); v != nil {
			f.ranges[v] = n.X
		}
	}
}

// assigned notes what a variable, or a part of it, is assigned; rhs may be nil.
func (f *Finder) assigned(lhs, rhs ast.Expr) {
	if v := f.whole(lhs); v != nil {
		f.parts[v] = true
		if _, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok && rhs != nil {
			f.stored[v] = append(f.stored[v], rhs)
		}
	}
	if v := f.variable(lhs); v != nil && !v.IsField() {
		f.values[v] = append(f.values[v], rhs)
	}
}

// whole is the variable of which x is a field or an element, or nil.
func (f *Finder) whole(x ast.Expr) *types.Var {
	switch x := x.(type) {
	case *ast.SelectorExpr:
		return f.variable(ast.Unparen(x.X))
	case *ast.IndexExpr:
		return f.variable(ast.Unparen(x.X))
	}
	return nil
}

// given is the parameter that x is, with the value that the caller gave it.
func (f *Finder) given(x ast.Expr) (param, bool) {
	v := f.variable(ast.Unparen(x))
	if v == nil || len(f.values[v]) > 0 || f.parts[v] {
		return param{}, false
	}
	p, ok := f.params[v]
	return p, ok
}

func (f *Finder) variable(x ast.Expr) *types.Var {
	if id, ok := x.(*ast.Ident); ok {
		v, _ := f.Info.ObjectOf(id).(*types.Var)
		return v
	}
	return nil
}
