package roles

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// out is where a wrapper leaves the result of a call in it, as Forward.Out says; 0 if that is not
// known.
func (f *Finder) out(fn *types.Func, c *Call) int {
	decl := f.decls[fn]
	if decl == nil || decl.Body == nil {
		return 0
	}
	switch {
	case c.Dest != nil:
		return f.outOf(fn, decl, c.Dest)
	case c.Returned:
		return f.returns(decl, func(x ast.Expr) bool { return ast.Unparen(x) == c.Node })
	}
	out := 0
	ast.Inspect(decl.Body, func(x ast.Node) bool {
		call, ok := x.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 || out != 0 {
			return out == 0
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "Get" {
			return true
		}
		made := ast.Unparen(sel.X)
		if v := syntax.Var(f.Info, made); v != nil {
			made = f.Value(v)
		}
		if made == c.Node {
			out = f.outOf(fn, decl, call.Args[len(call.Args)-1])
		}
		return out == 0
	})
	return out
}

// outOf says what the result is read into: a parameter, or a variable that the wrapper returns.
func (f *Finder) outOf(fn *types.Func, decl *ast.FuncDecl, dest ast.Expr) int {
	if p, ok := f.given(dest); ok && p.fn == fn {
		return p.index + 1
	}
	u, ok := ast.Unparen(dest).(*ast.UnaryExpr)
	if !ok || u.Op != token.AND {
		return 0
	}
	v := syntax.Var(f.Info, u.X)
	if v == nil {
		return 0
	}
	if results := fn.Signature().Results(); results.Len() > 0 && results.At(0) == v {
		return Returned
	}
	return f.returns(decl, func(x ast.Expr) bool { return syntax.Var(f.Info, x) == v })
}

// returns is Returned if a function returns first what is asked for, in one of its returns.
func (f *Finder) returns(decl *ast.FuncDecl, is func(ast.Expr) bool) int {
	out := 0
	ast.Inspect(decl.Body, func(x ast.Node) bool {
		if r, ok := x.(*ast.ReturnStmt); ok && len(r.Results) > 0 && is(r.Results[0]) {
			out = Returned
		}
		_, isClosure := x.(*ast.FuncLit)
		return !isClosure
	})
	return out
}
