package exits

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// LeavesOnSuccess tells a retry loop from one that does something again and again: an error lets
// it turn again, and none does not; its condition is about an error; or it waits for what is
// missing: "for conn == nil", "for !connected".
func LeavesOnSuccess(info *types.Info, body, loop ast.Node) bool {
	l := &outcome{info: info}
	if s, ok := loop.(*ast.ForStmt); ok && (syntax.TestsError(info, s.Cond) == token.NEQ || l.awaits(s)) {
		return true
	}
	t := turnsOf(info, body, loop)
	if l.sets(t.body.List) {
		return true
	}
	for _, c := range t.conditions() {
		success, failure, ok := t.sides(c)
		if ok && (!success.again && failure.again || l.setsIn(t.body, success.region)) {
			return true
		}
	}
	return false
}

// turns are what a loop does.
type turns struct {
	info  *types.Info
	loop  ast.Stmt
	body  *ast.BlockStmt
	graph *flow.Graph // of the loop alone
}

func turnsOf(info *types.Info, body, loop ast.Node) turns {
	t := turns{info: info, loop: loop.(ast.Stmt)}
	switch loop := loop.(type) {
	case *ast.ForStmt:
		t.body = loop.Body
	case *ast.RangeStmt:
		t.body = loop.Body
	}
	t.graph = flow.New(info, &ast.BlockStmt{Lbrace: loop.Pos(), List: []ast.Stmt{labeled(body, t.loop)}, Rbrace: loop.End()})
	return t
}

// labeled is a loop with its label, if anything in it names one.
func labeled(body ast.Node, loop ast.Stmt) ast.Stmt {
	named := false
	ast.Inspect(loop, func(x ast.Node) bool {
		branch, ok := x.(*ast.BranchStmt)
		named = named || ok && branch.Label != nil
		return !named
	})
	found := loop
	if named {
		ast.Inspect(body, func(x ast.Node) bool {
			if s, ok := x.(*ast.LabeledStmt); ok && s.Stmt == loop {
				found = s
			}
			return found == loop
		})
	}
	return found
}

// A side is where a condition leads.
type side struct {
	region flow.Region
	again  bool // the loop may turn again
}

// sides are those where there is no error, and where there is one. It reports whether the condition
// is about an error.
func (t turns) sides(c flow.Condition) (success, failure side, ok bool) {
	whenTrue, whenFalse := t.graph.Again(t.loop, c)
	success, failure = side{c.True, whenTrue}, side{c.False, whenFalse}
	switch syntax.TestsError(t.info, c.Expr) {
	case token.EQL:
		return success, failure, true
	case token.NEQ:
		return failure, success, true
	}
	return success, failure, false
}

// conditions are those of the loop, without those of loops within.
func (t turns) conditions() []flow.Condition {
	var inner []ast.Node
	ast.Inspect(t.body, func(x ast.Node) bool {
		switch x.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			inner = append(inner, x)
			return false
		}
		return true
	})
	return slices.DeleteFunc(slices.Clone(t.graph.Conditions(t.body)), func(c flow.Condition) bool {
		return slices.ContainsFunc(inner, func(x ast.Node) bool { return x.Pos() <= c.Expr.Pos() && c.Expr.End() <= x.End() })
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

// setsIn reports whether one of the statements in a region sets a flag, as sets does.
func (l *outcome) setsIn(body ast.Node, in flow.Region) bool {
	found := false
	if len(l.flags) > 0 {
		ast.Inspect(body, func(x ast.Node) bool {
			a, ok := x.(*ast.AssignStmt)
			found = found || ok && in.Has(a.Pos()) && l.sets([]ast.Stmt{a})
			return !found
		})
	}
	return found
}

// givesUp reports whether an attempt that fails leaves the loop at once: if the loop
// goes on, it is for something else.
func (t turns) givesUp(pos token.Pos) bool {
	attempt := t.graph.Node(pos)
	if _, ok := attempt.(*ast.ReturnStmt); ok {
		return true
	}
	if x, ok := attempt.(ast.Expr); ok {
		return t.leavesOnFailure(x)
	}
	var err *types.Var
	for place := range syntax.Definitions(attempt) {
		err = syntax.Var(t.info, place) // the last result
	}
	if err == nil {
		return false
	}
	next := t.graph.Next(attempt.End(), func(n ast.Node) bool { return syntax.Mention(t.info, n, err).IsValid() })
	x, ok := next.(ast.Expr)
	return ok && t.leavesOnFailure(x)
}

// leavesOnFailure reports whether a condition leaves the loop for every error.
func (t turns) leavesOnFailure(cond ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || b.Op == token.LAND {
		return false
	}
	for _, c := range t.graph.Conditions(cond) {
		_, failure, ok := t.sides(c)
		if !ok {
			failure.again, _ = t.graph.Again(t.loop, c)
		}
		return !failure.again
	}
	return false
}
