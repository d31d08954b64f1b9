package exits

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// LeavesOnSuccess tells a retry loop from one that does something again and again:
// "if err == nil { return }", "if err != nil { ...; continue }" with a return or
// break behind it, a condition that is about an error, or one that waits for what
// is missing: "for conn == nil", "for !connected".
func LeavesOnSuccess(info *types.Info, loop ast.Node) bool {
	l := &outcome{info: info}
	var body *ast.BlockStmt
	switch loop := loop.(type) {
	case *ast.ForStmt:
		body = loop.Body
		if syntax.TestsError(info, loop.Cond) == token.NEQ || l.awaits(loop) {
			return true
		}
	case *ast.RangeStmt:
		body = loop.Body
	}
	retries := false // an error goes on with the loop
	found := l.sets(body.List)
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.IfStmt:
			success, failure := x.Body, (*ast.BlockStmt)(nil)
			switch syntax.TestsError(info, x.Cond) {
			case token.NEQ:
				failure = x.Body
				success, _ = x.Else.(*ast.BlockStmt)
			case token.ILLEGAL:
				return true // not about an error
			}
			found = found || success != nil && (leaves(success) || l.sets(success.List))
			retries = retries || failure != nil && goesOn(failure)
		case *ast.CaseClause:
			for _, cond := range x.List {
				// A break leaves the switch.
				found = found || syntax.TestsError(info, cond) == token.EQL && (returns(x.Body) || l.sets(x.Body))
			}
		}
		return true
	})
	if n := len(body.List); !found && n > 0 {
		// The error continues; what is behind it is success.
		switch last := body.List[n-1].(type) {
		case *ast.ReturnStmt:
			found = retries || len(last.Results) == 0 || syntax.IsNil(last.Results[len(last.Results)-1])
		case *ast.BranchStmt:
			found = last.Tok == token.BREAK
		}
	}
	return found
}

func goesOn(block *ast.BlockStmt) bool {
	return slices.ContainsFunc(block.List, func(stmt ast.Stmt) bool {
		branch, ok := stmt.(*ast.BranchStmt)
		return ok && branch.Tok == token.CONTINUE
	})
}

func returns(list []ast.Stmt) bool {
	return slices.ContainsFunc(list, func(stmt ast.Stmt) bool {
		_, ok := stmt.(*ast.ReturnStmt)
		return ok
	})
}

// An outcome is what a loop's condition says about how its attempts went.
type outcome struct {
	info  *types.Info
	flags []types.Object // the condition's boolean variables
}

// awaits reports whether a loop goes on for as long as a variable that its body
// assigns is nil. It notes the flags in its condition.
func (l *outcome) awaits(loop *ast.ForStmt) bool {
	found := false
	if loop.Cond == nil {
		return false
	}
	ast.Inspect(loop.Cond, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.BinaryExpr:
			if x.Op == token.EQL && (syntax.IsNil(x.X) || syntax.IsNil(x.Y)) && syntax.TestsError(l.info, x) == token.ILLEGAL {
				other := x.X
				if syntax.IsNil(x.X) {
					other = x.Y
				}
				found = found || l.assigned(loop.Body, syntax.Place(l.info, other))
			}
		case *ast.Ident:
			if v, ok := l.info.Uses[x].(*types.Var); ok && types.Identical(v.Type(), types.Typ[types.Bool]) {
				l.flags = append(l.flags, v)
			}
		case *ast.CallExpr, *ast.FuncLit:
			return false
		}
		return true
	})
	return found
}

func (l *outcome) assigned(body ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(body, func(x ast.Node) bool {
		if a, ok := x.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN {
			for _, lhs := range a.Lhs {
				found = found || v != nil && syntax.Place(l.info, lhs) == v
			}
		}
		return !found
	})
	return found
}

// sets reports whether some statements give a flag of the condition a value that
// depends on no more than an error.
func (l *outcome) sets(list []ast.Stmt) bool {
	for _, stmt := range list {
		a, ok := stmt.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != len(a.Rhs) {
			continue
		}
		for i, lhs := range a.Lhs {
			if slices.Contains(l.flags, syntax.Place(l.info, lhs)) &&
				(l.info.Types[a.Rhs[i]].Value != nil || syntax.TestsError(l.info, a.Rhs[i]) == token.EQL) {
				return true
			}
		}
	}
	return false
}

// givesUp reports whether an attempt that fails leaves the loop at once: if the loop
// goes on, it is for something else.
func givesUp(info *types.Info, loop ast.Node, pos token.Pos) bool {
	list := statementsAround(loop, pos)
	for i, stmt := range list {
		if pos < stmt.Pos() || stmt.End() <= pos {
			continue
		}
		switch stmt := stmt.(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.IfStmt:
			for els, ok := stmt.Else.(*ast.IfStmt); ok && els.Pos() <= pos; els, ok = stmt.Else.(*ast.IfStmt) {
				stmt = els
			}
			return leavesOnFailure(info, stmt)
		case *ast.AssignStmt:
			err := syntax.Var(info, stmt.Lhs[len(stmt.Lhs)-1])
			if err == nil {
				return false
			}
			for _, next := range list[i+1:] {
				if syntax.Mention(info, next, err).IsValid() {
					branch, ok := next.(*ast.IfStmt)
					return ok && syntax.Mention(info, branch.Cond, err).IsValid() && leavesOnFailure(info, branch)
				}
			}
		}
	}
	return false
}

// leavesOnFailure reports whether a statement leaves the loop for every error.
func leavesOnFailure(info *types.Info, branch *ast.IfStmt) bool {
	if cond, ok := ast.Unparen(branch.Cond).(*ast.BinaryExpr); !ok || cond.Op == token.LAND {
		return false
	}
	body := branch.Body
	if syntax.TestsError(info, branch.Cond) == token.EQL {
		body, _ = branch.Else.(*ast.BlockStmt)
	}
	if body == nil || !leaves(body) {
		return false
	}
	again := false
	ast.Inspect(body, func(x ast.Node) bool {
		s, ok := x.(*ast.BranchStmt)
		again = again || ok && s.Tok == token.CONTINUE
		return !again
	})
	return !again
}

// statementsAround is the innermost list of statements of a loop with pos in it.
func statementsAround(loop ast.Node, pos token.Pos) []ast.Stmt {
	var list []ast.Stmt
	ast.Inspect(loop, func(x ast.Node) bool {
		if x == nil || pos < x.Pos() || x.End() <= pos {
			return false
		}
		switch x := x.(type) {
		case *ast.BlockStmt:
			list = x.List
		case *ast.CaseClause:
			list = x.Body
		case *ast.CommClause:
			list = x.Body
		}
		return true
	})
	return list
}

func leaves(block *ast.BlockStmt) bool {
	for _, stmt := range block.List {
		switch s := stmt.(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.BranchStmt:
			return s.Tok == token.BREAK || s.Tok == token.GOTO
		}
	}
	return false
}
