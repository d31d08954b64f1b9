package flow

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Dependence follows what values are made of, through assignments and the conditions that
// decide whether they are made: the variables on which they depend. A nil variable stands for what
// is not known.
type Dependence struct {
	Info   *types.Info
	Counts func(*types.Var) bool // whether a variable matters
}

// Variables adds those that an expression names.
func (d *Dependence) Variables(vars map[*types.Var]bool, x ast.Node) {
	ast.Inspect(x, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			if v, ok := d.Info.Uses[id].(*types.Var); ok && !v.IsField() && d.Counts(v) {
				vars[v] = true
			}
		}
		return true
	})
}

// assignments calls f for everything that a stretch of code assigns: where to, what,
// which is nil if that is not one expression, and what is around it.
func (d *Dependence) assignments(x ast.Node, f func(lhs, rhs ast.Expr, stack []ast.Node)) {
	ast.PreorderStack(x, nil, func(x ast.Node, stack []ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			for lhs, rhs := range syntax.Definitions(x) {
				if x.Tok != token.ASSIGN && x.Tok != token.DEFINE {
					rhs = nil // +=
				}
				f(lhs, rhs, stack)
			}
		case *ast.IncDecStmt:
			f(x.X, nil, stack)
		case *ast.RangeStmt:
			f(x.Key, x.X, stack)
			f(x.Value, x.X, stack)
		case *ast.CallExpr:
			for _, place := range d.addressed(x) {
				f(place, x, stack)
			}
		case *ast.ValueSpec:
			for name, value := range syntax.Definitions(x) {
				f(name, value, stack)
			}
		}
		return true
	})
}

// addressed are the places whose address a call gets: it may assign them.
func (d *Dependence) addressed(call *ast.CallExpr) []ast.Expr {
	var places []ast.Expr
	for _, arg := range call.Args {
		if ref, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && ref.Op == token.AND {
			places = append(places, ref.X)
		}
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && d.addresses(sel) {
		places = append(places, sel.X)
	}
	return places
}

// addresses reports whether a selected method gets the address of a variable that is
// no pointer.
func (d *Dependence) addresses(sel *ast.SelectorExpr) bool {
	fn, ok := d.Info.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Signature().Recv() == nil {
		return false
	}
	_, to := syntax.Under[*types.Pointer](fn.Signature().Recv().Type())
	_, from := syntax.Under[*types.Pointer](d.Info.TypeOf(sel.X))
	return to && !from
}

// Trace adds the variables that those it is given are assigned in a stretch of code,
// and those that decide whether they are.
func (d *Dependence) Trace(x ast.Node, vars map[*types.Var]bool) {
	for range 8 { // as many assignments one after the other
		before := len(vars)
		d.assignments(x, func(lhs, rhs ast.Expr, stack []ast.Node) {
			v := d.root(lhs)
			if v == nil || !vars[v] {
				return
			}
			if rhs != nil {
				d.Variables(vars, rhs)
			}
			for _, x := range conditions(stack) {
				d.Variables(vars, x)
			}
		})
		if len(vars) == before {
			return
		}
	}
}

// conditions are the expressions that decide whether what is inside of a stack runs.
func conditions(stack []ast.Node) []ast.Expr {
	var all []ast.Expr
	for _, outer := range stack {
		switch outer := outer.(type) {
		case *ast.IfStmt:
			all = append(all, outer.Cond)
		case *ast.SwitchStmt:
			if outer.Tag != nil {
				all = append(all, outer.Tag)
			}
		case *ast.CaseClause:
			all = append(all, outer.List...)
		}
	}
	return all
}

// Varies reports whether variables, or what they are assigned in a loop, may differ
// from turn to turn. What is not known may.
func (d *Dependence) Varies(loop ast.Node, vars map[*types.Var]bool) bool {
	if vars[nil] {
		return true
	}
	d.Trace(loop, vars)
	found := false
	set := make(map[*types.Var]bool)
	changes := func(x ast.Expr) {
		v := d.root(x)
		found = found || v != nil && vars[v]
	}
	d.assignments(loop, func(lhs, rhs ast.Expr, _ []ast.Node) {
		if d.fixed(rhs) {
			set[d.root(lhs)] = true
		} else {
			changes(lhs)
		}
	})
	ast.Inspect(loop, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.RangeStmt:
			changes(x.Key)
			changes(x.Value)
		case *ast.ValueSpec:
			for _, name := range x.Names {
				set[syntax.Var(d.Info, name)] = true
			}
		}
		return !found
	})
	for v := range vars {
		// A parameter of a closure, or a variable of a type switch.
		found = found || !set[v] && loop.Pos() <= v.Pos() && v.Pos() < loop.End()
	}
	return found
}

// fixed reports whether an expression is made of nothing but variables and constants.
func (d *Dependence) fixed(x ast.Expr) bool {
	if x == nil {
		return false
	}
	ok := true
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			ok = ok && d.Info.Types[x.Fun].IsType()
		case *ast.UnaryExpr:
			ok = ok && x.Op != token.ARROW
		}
		return ok
	})
	return ok
}

// root is the variable of which an expression is a part.
func (d *Dependence) root(x ast.Expr) *types.Var {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return syntax.Var(d.Info, x)
	case *ast.SelectorExpr:
		return d.root(x.X)
	case *ast.IndexExpr:
		return d.root(x.X)
	case *ast.StarExpr:
		return d.root(x.X)
	case *ast.UnaryExpr:
		return d.root(x.X)
	}
	return nil
}
