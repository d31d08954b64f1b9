package history

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// aboutTime recognizes a deadline: a condition with a time or a duration in it.
func (c *counter) aboutTime(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if x, ok := n.(ast.Expr); ok && !found {
			if named, ok := types.Unalias(c.p.Info.TypeOf(x)).(*types.Named); ok {
				obj := named.Obj()
				found = obj.Pkg() != nil && obj.Pkg().Path() == "time"
			}
		}
		return !found
	})
	return found
}

// aboutHistory recognizes a look at the length of the workflow's history.
func (c *counter) aboutHistory(cond ast.Node) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			fn, ok := c.p.Info.Uses[id].(*types.Func)
			found = ok && sdk.AsksHistory(fn)
		}
		return !found
	})
	return found
}
