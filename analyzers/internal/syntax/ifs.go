package syntax

import (
	"go/ast"
	"go/token"
	"slices"
)

// AsIfs writes a switch without a tag as ifs, so that one of them may become the other. It does
// not if a clause falls through, or breaks.
func AsIfs(clauses []ast.Stmt) (chain ast.Stmt, ok bool) {
	var last *ast.CaseClause
	for _, s := range slices.Backward(clauses) {
		clause := s.(*ast.CaseClause)
		if leavesSwitch(clause.Body) {
			return nil, false
		}
		if clause.List == nil {
			last = clause
		}
	}
	if last != nil {
		chain = &ast.BlockStmt{Lbrace: last.Colon, List: last.Body}
	}
	for _, s := range slices.Backward(clauses) {
		clause := s.(*ast.CaseClause)
		if clause == last {
			continue
		}
		cond := clause.List[0]
		for _, x := range clause.List[1:] {
			cond = &ast.BinaryExpr{X: cond, OpPos: x.Pos(), Op: token.LOR, Y: x}
		}
		chain = &ast.IfStmt{If: clause.Case, Cond: cond, Body: &ast.BlockStmt{Lbrace: clause.Colon, List: clause.Body}, Else: chain}
	}
	return chain, chain != nil
}

// leavesSwitch reports whether a clause leaves its switch, or falls through.
func leavesSwitch(body []ast.Stmt) bool {
	return slices.ContainsFunc(body, func(s ast.Stmt) bool {
		for n := range ast.Preorder(s) {
			if br, ok := n.(*ast.BranchStmt); ok && br.Label == nil && br.Tok != token.CONTINUE {
				return true
			}
		}
		return false
	})
}
