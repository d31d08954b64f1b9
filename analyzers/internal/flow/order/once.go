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
		if !ok || len(skip.Body.List) != 1 || !b.comparesKey(skip.Cond, token.NEQ, token.LOR) {
			continue
		}
		if br, ok := skip.Body.List[0].(*ast.BranchStmt); ok && br.Tok == token.CONTINUE {
			return true
		}
	}
	return false
}

// comparesKey reports whether a condition compares the key with something that is the same in each
// turn, by itself or joined with others.
func (b *body) comparesKey(cond ast.Expr, op, joined token.Token) bool {
	x, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	switch {
	case !ok:
		return false
	case x.Op == joined:
		return b.comparesKey(x.X, op, joined) || b.comparesKey(x.Y, op, joined)
	case x.Op != op:
		return false
	}
	return syntax.Var(b.info, x.X) == b.key && !b.depends(x.Y) || syntax.Var(b.info, x.Y) == b.key && !b.depends(x.X)
}

// endsAlike reports whether the function returns with a call that is the same in each turn:
// whichever comes first, it is made once.
func (b *body) endsAlike(call *ast.CallExpr) bool {
	r, ok := b.parent[call].(*ast.ReturnStmt)
	return ok && len(r.Results) == 1 && !b.depends(call.Fun) && !b.argsDepend(call)
}
