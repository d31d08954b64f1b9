package workerstop

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// findMade notes how each worker that a variable or a field holds is made, and which variable
// each field has been given.
func (c *checker) findMade(decls []*ast.FuncDecl) {
	for _, decl := range decls {
		c.Made(decl.Body, func(call *ast.CallExpr, holder *types.Var) {
			if holder != nil {
				c.made[holder] = call
			}
		})
	}
	helpers := c.helpersOf(decls)
	for _, decl := range decls {
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				c.fromHelper(helpers, n)
				c.keepAssigned(n)
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok {
					c.keep(id, n.Value)
				}
			}
			return true
		})
	}
}

// helpersOf are the functions that return a worker which they make, and the calls that do.
func (c *checker) helpersOf(decls []*ast.FuncDecl) map[*types.Func]*ast.CallExpr {
	helpers := make(map[*types.Func]*ast.CallExpr)
	for _, decl := range decls {
		if fn, ok := c.Info.Defs[decl.Name].(*types.Func); ok {
			if made := c.returnsNew(decl); made != nil {
				helpers[fn] = made
			}
		}
	}
	return helpers
}

// returnsNew is the call that makes the worker which a helper returns, or nil.
func (c *checker) returnsNew(decl *ast.FuncDecl) *ast.CallExpr {
	var made *ast.CallExpr
	for ret := range syntax.Returns(decl.Body) {
		if len(ret.Results) == 0 {
			continue
		}
		if call, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr); ok && c.IsNew(call) {
			made = call
		} else if v := c.Holder(ret.Results[0]); v != nil && c.made[v] != nil {
			made = c.made[v]
		}
	}
	return made
}

// fromHelper notes a worker that a helper of this package has made: with what the helper is
// given.
func (c *checker) fromHelper(helpers map[*types.Func]*ast.CallExpr, a *ast.AssignStmt) {
	if len(a.Rhs) != 1 {
		return
	}
	call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	if !ok {
		return
	}
	fn := syntax.Callee(c.Info, call)
	made := helpers[fn]
	holder := c.Holder(a.Lhs[0])
	if made == nil || holder == nil || c.made[holder] != nil || !sdk.IsWorker(holder.Type()) {
		return
	}
	given := &ast.CallExpr{Fun: call.Fun, Lparen: call.Lparen, Rparen: call.Rparen}
	params := fn.Signature().Params()
	for _, arg := range made.Args {
		for i := range min(params.Len(), len(call.Args)) {
			if c.Holder(arg) == params.At(i) {
				arg = call.Args[i]
				break
			}
		}
		given.Args = append(given.Args, arg)
	}
	c.made[holder] = given
}

func (c *checker) keepAssigned(a *ast.AssignStmt) {
	if len(a.Lhs) != len(a.Rhs) {
		return
	}
	for i, lhs := range a.Lhs {
		if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok {
			c.keep(sel.Sel, a.Rhs[i])
		}
	}
}

// keep notes that a field is given the client or the worker of a variable.
func (c *checker) keep(name *ast.Ident, x ast.Expr) {
	field, ok := c.Info.Uses[name].(*types.Var)
	if !ok || !field.IsField() || !sdk.IsNamed(field.Type(), "Client", "Worker") {
		return
	}
	v := c.Holder(x)
	if before, met := c.kept[field]; met && before != v {
		v = nil // of several, any
	}
	c.kept[field] = v
}

// origin is the one variable that a field has been given, or what holds it itself.
func (c *checker) origin(v *types.Var) *types.Var {
	if given := c.kept[v]; given != nil {
		return given
	}
	return v
}
