package history

import (
	"go/ast"
	"go/token"
	"go/types"
)

// leftAt looks for a way out of a loop at a count: if n >= 100 { break }. A count that
// nobody here knows is a bound all the same, and so is a time.
func (c *counter) leftAt(loop ast.Stmt, body *ast.BlockStmt) bound {
	b := unbounded
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			if !leavesLoop(n.Body, stack) {
				return true
			}
			if c.aboutHistory(n.Cond) || c.aboutTime(n.Cond) {
				b = tighter(b, noBound)
			}
			ast.Inspect(n.Cond, func(x ast.Node) bool {
				if cmp, ok := x.(*ast.BinaryExpr); ok {
					b = tighter(b, c.count(loop, body, cmp))
				}
				return true
			})
		}
		return true
	})
	return b
}

// leavesLoop reports whether a block in the body of a loop leaves the loop. stack is
// what is between the two: a break may leave no more than a switch.
func leavesLoop(block *ast.BlockStmt, stack []ast.Node) bool {
	for _, s := range block.List {
		switch s := s.(type) {
		case *ast.ReturnStmt:
			return true
		case *ast.BranchStmt:
			if s.Tok != token.BREAK || s.Label != nil {
				return s.Tok != token.CONTINUE && s.Tok != token.FALLTHROUGH
			}
			for _, n := range stack {
				switch n.(type) {
				case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
					return false
				}
			}
			return true
		}
	}
	return false
}

// count is the bound of a loop that is left where cmp holds, if cmp compares what the
// loop counts.
func (c *counter) count(loop ast.Stmt, body *ast.BlockStmt, cmp *ast.BinaryExpr) bound {
	if c.direction(loop, cmp.X) < 0 && (cmp.Op == token.EQL || cmp.Op == token.LEQ || cmp.Op == token.LSS) {
		if c.counts(loop, body, cmp.X) {
			return c.start(loop, cmp.X) // downwards
		}
		return unbounded
	}
	if x, limit, ok := c.above(cmp); ok && c.counts(loop, body, x) {
		return limit
	}
	return unbounded
}

// counts reports whether x is the index of a loop, or is counted in every turn that
// runs an activity: failures in a row bound nothing, if a success begins anew.
func (c *counter) counts(loop ast.Stmt, body *ast.BlockStmt, x ast.Expr) bool {
	if r, ok := loop.(*ast.RangeStmt); ok && r.Key != nil && c.variable(x) != nil && c.variable(r.Key) == c.variable(x) {
		return true
	}
	if v := c.variable(x); v != nil && body.Pos() <= v.Pos() && v.Pos() < body.End() {
		return false // a new one for each turn
	}
	name := types.ExprString(x)
	reset := false
	ast.Inspect(body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN && stepOver(a, name) == 0 {
			for _, lhs := range a.Lhs {
				reset = reset || types.ExprString(lhs) == name
			}
		}
		return !reset
	})
	if reset || !c.steps(loop, x) {
		return false
	}
	if f, ok := loop.(*ast.ForStmt); ok && f.Post != nil && c.steps(f.Post, x) {
		return true
	}
	w := c.uncounted(body.List, name)
	return max(w.end, w.next) < runs
}

// ways are the ways through statements that do not count something: whether there is
// one, and whether it runs an activity.
type ways struct {
	end, next, broke int
}

const (
	noWay = iota
	quiet
	runs
)

func (w ways) then(v ways) ways {
	after := func(way int) int {
		if w.end == noWay || way == noWay {
			return noWay
		}
		return max(w.end, way)
	}
	return ways{after(v.end), max(w.next, after(v.next)), max(w.broke, after(v.broke))}
}

func (w ways) or(v ways) ways {
	return ways{max(w.end, v.end), max(w.next, v.next), max(w.broke, v.broke)}
}

func (c *counter) uncounted(list []ast.Stmt, name string) ways {
	w := ways{end: quiet}
	for _, s := range list {
		w = w.then(c.uncountedBy(s, name))
	}
	return w
}

func (c *counter) uncountedBy(s ast.Stmt, name string) ways {
	plain := func(n ast.Node) ways {
		if c.mayRun(n) {
			return ways{end: runs}
		}
		return ways{end: quiet}
	}
	switch s := s.(type) {
	case nil:
		return ways{end: quiet}
	case *ast.BlockStmt:
		return c.uncounted(s.List, name)
	case *ast.LabeledStmt:
		return c.uncountedBy(s.Stmt, name)
	case *ast.ReturnStmt:
		return ways{}
	case *ast.BranchStmt:
		switch {
		case s.Tok == token.BREAK && s.Label == nil:
			return ways{broke: quiet}
		case s.Tok == token.CONTINUE:
			return ways{next: quiet}
		case s.Tok == token.BREAK:
			return ways{}
		}
		return ways{end: quiet}
	case *ast.IfStmt:
		w := c.uncountedBy(s.Init, name).then(plain(s.Cond))
		return w.then(c.uncounted(s.Body.List, name).or(c.uncountedBy(s.Else, name)))
	case *ast.SwitchStmt:
		return c.uncountedBy(s.Init, name).then(c.uncountedCases(s.Body, name, false))
	case *ast.TypeSwitchStmt:
		return c.uncountedCases(s.Body, name, false)
	case *ast.SelectStmt:
		return c.uncountedCases(s.Body, name, true)
	}
	counted := false
	ast.Inspect(s, func(n ast.Node) bool {
		counted = counted || stepOver(n, name) != 0
		return !counted
	})
	if counted {
		return ways{} // also inside a loop or a callback
	}
	return plain(s)
}

func (c *counter) uncountedCases(body *ast.BlockStmt, name string, exhaustive bool) ways {
	var w ways
	for _, clause := range body.List {
		var one ways
		switch clause := clause.(type) {
		case *ast.CaseClause:
			exhaustive = exhaustive || clause.List == nil
			one = c.uncounted(clause.Body, name)
		case *ast.CommClause:
			one = c.uncountedBy(clause.Comm, name).then(c.uncounted(clause.Body, name))
		}
		one.end, one.broke = max(one.end, one.broke), noWay
		w = w.or(one)
	}
	if !exhaustive {
		w.end = max(w.end, quiet)
	}
	return w
}
