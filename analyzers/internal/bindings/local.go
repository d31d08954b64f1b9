package bindings

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// onPrivate reports whether a call is of a method of a local variable that the function keeps to
// itself, such as a group of functions that it fills and runs: who runs what it is given mentions it
// as well.
func (c *Collector) onPrivate(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v := syntax.Var(c.Info, sel.X)
	if v == nil || v.Kind() != types.LocalVar {
		return false
	}
	if c.flows.bare == nil {
		c.flows.bare = c.bareUses()
	}
	return c.flows.bare[v] == 0
}

// bareUses are how often each local variable is used other than for a method or field of it.
func (c *Collector) bareUses() map[*types.Var]int {
	bare := make(map[*types.Var]int)
	for _, obj := range c.Info.Uses {
		if v, ok := obj.(*types.Var); ok && v.Kind() == types.LocalVar {
			bare[v]++
		}
	}
	for _, file := range c.Files {
		ast.Inspect(file, func(x ast.Node) bool {
			if sel, ok := x.(*ast.SelectorExpr); ok {
				if v := syntax.Var(c.Info, sel.X); v != nil && v.Kind() == types.LocalVar {
					bare[v]--
				}
			}
			return true
		})
	}
	return bare
}

// bindLocal binds the functions that a local variable is assigned, or that its elements are.
func (c *Collector) bindLocal(key string, v *types.Var) {
	list := c.flows.functions[v]
	delete(c.flows.functions, v) // it may be made of itself: f = wrap(f)
	for _, x := range list {
		c.bindFunc(key, syntax.FirstType(c.Info, x), x)
	}
	if list != nil {
		c.flows.functions[v] = list
	}
}

// assignFunction notes what is assigned to a local variable of functions, or to an element of it.
func (f *flows) assignFunction(c *Collector, lhs ast.Expr, a assigned) {
	if element, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok {
		lhs = element.X
	}
	if v := syntax.Var(c.Info, lhs); v != nil && v.Kind() == types.LocalVar && syntax.Function(v.Type()) != nil && a.index == 0 {
		f.functions[v] = append(f.functions[v], a.x)
	}
}
