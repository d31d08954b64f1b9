package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Assignments are where the values of a package's local and package variables come from: what
// they are assigned, anywhere. Of a package that was not read they are nil, and know nothing.
type Assignments struct {
	info   *types.Info
	pkg    *types.Package
	values map[*types.Var][]ast.Expr
	firsts map[*types.Var]ast.Expr   // v in "v, err := x" -> x
	parts  map[*types.Var]bool       // v in "v.F = x", "v[i] = x" and "&v"
	ranges map[*types.Var]ast.Expr   // v in "for _, v := range x" -> x
	stored map[*types.Var][]ast.Expr // v in "v[i] = x" -> x
}

// NewAssignments has no values yet: the nodes of the package are noted one by one.
func NewAssignments(info *types.Info, pkg *types.Package) *Assignments {
	return &Assignments{
		info: info, pkg: pkg,
		values: make(map[*types.Var][]ast.Expr), firsts: make(map[*types.Var]ast.Expr), parts: make(map[*types.Var]bool),
		ranges: make(map[*types.Var]ast.Expr), stored: make(map[*types.Var][]ast.Expr),
	}
}

// Values returns what is assigned to a local or package variable, in order of
// appearance; nil stands for what is not an expression of its own.
func (a *Assignments) Values(v *types.Var) []ast.Expr {
	if a == nil {
		return nil
	}
	return a.values[v]
}

// First returns the call in "v, err := f()", or nil.
func (a *Assignments) First(v *types.Var) ast.Expr {
	if a == nil {
		return nil
	}
	return a.firsts[v]
}

// Changed reports whether a part of v is assigned, or its address is taken, so that
// it is more than its values say.
func (a *Assignments) Changed(v *types.Var) bool {
	if a == nil {
		return false
	}
	return a.parts[v]
}

// Ranged returns x in "for _, v := range x", or nil.
func (a *Assignments) Ranged(v *types.Var) ast.Expr {
	if a == nil {
		return nil
	}
	return a.ranges[v]
}

// Elements returns what is assigned to elements of v, in order of appearance.
func (a *Assignments) Elements(v *types.Var) []ast.Expr {
	if a == nil {
		return nil
	}
	return a.stored[v]
}

// Value returns the one expression that a local variable is assigned, or, in
// "v, err := f()", the call; nil if there are several or none.
func (a *Assignments) Value(v *types.Var) ast.Expr {
	if a == nil || len(a.values[v]) != 1 || v.Parent() == nil || v.Parent() == a.pkg.Scope() {
		return nil
	}
	if x := a.values[v][0]; x != nil {
		return x
	}
	return a.firsts[v]
}

// Note notes what a node assigns.
func (a *Assignments) Note(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for lhs, rhs := range syntax.Assigned(n) {
			a.assigned(lhs, rhs)
		}
		if v := a.variable(n.Lhs[0]); v != nil && !v.IsField() && len(n.Lhs) != len(n.Rhs) {
			a.firsts[v] = n.Rhs[0]
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if v, ok := a.info.Defs[name].(*types.Var); ok && i < len(n.Values) {
				a.values[v] = append(a.values[v], n.Values[i])
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			if v := a.variable(ast.Unparen(n.X)); v != nil {
				a.parts[v] = true
			}
		}
	case *ast.RangeStmt:
		if v := a.variable(n.Value); v != nil {
			a.ranges[v] = n.X
		}
		if n.Tok == token.ASSIGN {
			a.assigned(n.Key, nil)
			a.assigned(n.Value, nil)
		}
	}
}

// assigned notes what a variable, or a part of it, is assigned; rhs may be nil.
func (a *Assignments) assigned(lhs, rhs ast.Expr) {
	if v := a.whole(lhs); v != nil {
		a.parts[v] = true
		if _, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok && rhs != nil {
			a.stored[v] = append(a.stored[v], rhs)
		}
	}
	if v := a.variable(lhs); v != nil && !v.IsField() {
		a.values[v] = append(a.values[v], rhs)
	}
}

// whole is the variable of which x is a field or an element, or nil.
func (a *Assignments) whole(x ast.Expr) *types.Var {
	switch x := x.(type) {
	case *ast.SelectorExpr:
		return a.variable(ast.Unparen(x.X))
	case *ast.IndexExpr:
		return a.variable(ast.Unparen(x.X))
	}
	return nil
}

func (a *Assignments) variable(x ast.Expr) *types.Var {
	if id, ok := x.(*ast.Ident); ok {
		v, _ := a.info.ObjectOf(id).(*types.Var)
		return v
	}
	return nil
}
