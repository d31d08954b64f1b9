package syntax

import (
	"go/ast"
	"go/types"
	"slices"
)

// RunsOnce reports whether fn runs its argument once a process.
func RunsOnce(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "sync" {
		return false
	}
	switch fn.Name() {
	case "OnceFunc", "OnceValue", "OnceValues":
		return true
	case "Do":
		return fn.Signature().Recv() != nil
	}
	return false
}

// OnceOnly has the variables of a function type that a body mentions: true for one that is
// nowhere but in what runs once a process.
func OnceOnly(info *types.Info, body ast.Node) map[*types.Var]bool {
	once := make(map[*types.Var]bool)
	ast.PreorderStack(body, nil, func(x ast.Node, stack []ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok {
			return true
		}
		if v, ok := info.Uses[id].(*types.Var); ok && IsFuncType(v.Type()) {
			before, used := once[v]
			once[v] = (before || !used) && slices.ContainsFunc(stack, func(outer ast.Node) bool {
				call, ok := outer.(*ast.CallExpr)
				return ok && RunsOnce(Callee(info, call))
			})
		}
		return true
	})
	return once
}
