package order

import (
	"go/ast"
	"go/token"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// ofOneKey reports whether a node of the body is for the turn of one key alone: in
// if k == want { ... }, or behind if k != want { continue }.
func (b *body) ofOneKey(x ast.Node) bool {
	if b.key == nil {
		return false
	}
	for y := x; y != nil; y = b.parent[y] {
		z := b.parent[y]
		if s, ok := z.(*ast.IfStmt); ok && s.Body == y && b.comparesKey(s.Cond, token.EQL, token.LAND) {
			return true
		}
		if z == ast.Node(b.body) {
			return b.skipsOthers(y)
		}
	}
	return false
}

// skipsOthers reports whether a statement of the body stands behind one that goes on with the next
// turn for all keys but one.
func (b *body) skipsOthers(stmt ast.Node) bool {
	for _, s := range b.body.List {
		if s == stmt {
			return false
		}
		skip, ok := s.(*ast.IfStmt)
		if ok && len(skip.Body.List) == 1 && syntax.EndsIn(skip.Body.List, token.CONTINUE) && b.comparesKey(skip.Cond, token.NEQ, token.LOR) {
			return true
		}
	}
	return false
}

// comparesKey reports whether a condition compares the key with something that is the same in each
// turn, by itself or joined with others.
func (b *body) comparesKey(cond ast.Expr, op, joined token.Token) bool {
	return syntax.Compares(b.info, cond, b.key, op, joined, func(x ast.Expr) bool { return !b.depends(x) })
}

// endsAlike reports whether the function returns with a call that is the same in each turn:
// whichever comes first, it is made once.
func (b *body) endsAlike(call *ast.CallExpr) bool {
	r, ok := b.parent[call].(*ast.ReturnStmt)
	return ok && len(r.Results) == 1 && !b.depends(call.Fun) && !b.argsDepend(call)
}
