package history

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
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

// above reads x >= n, x > n, x == n and their mirror images: the largest value that
// x has where the condition does not hold.
func (c *counter) above(cmp *ast.BinaryExpr) (x ast.Expr, limit bound, ok bool) {
	x, n, op := cmp.X, cmp.Y, cmp.Op
	switch op {
	case token.LSS, token.LEQ: // n <= x
		return cmp.Y, c.value(cmp.X, 0), true
	case token.GTR, token.GEQ:
		return x, c.value(n, 0), true
	case token.EQL:
		if limit := c.value(n, 0); limit.kind == constantBound {
			return x, limit, true
		}
	}
	return nil, noBound, false
}

// below reads x <= n, x < n, x == n and their mirror images: the largest value that x
// has where the condition holds.
func (c *counter) below(cmp *ast.BinaryExpr) (x ast.Expr, limit bound, ok bool) {
	switch cmp.Op {
	case token.LSS, token.LEQ, token.EQL:
		return cmp.X, c.value(cmp.Y, 0), true
	case token.GTR, token.GEQ: // n >= x
		return cmp.Y, c.value(cmp.X, 0), true
	}
	return nil, noBound, false
}

// A guard is a length or number that is known to be at most n in a part of the code.
type guard struct {
	root     types.Object
	from, to token.Pos
	n        int
}

// guarded is what is known of x where it stands.
func (c *counter) guarded(x ast.Expr) (n int, ok bool) {
	if arg := c.lengthOf(x); arg != nil {
		x = arg
	}
	name := types.ExprString(x)
	for _, g := range c.guards[name] {
		if g.root == roles.Root(c.p.Info, x) && g.from <= x.Pos() && x.Pos() < g.to && (!ok || g.n < n) && !c.written(name, g.from, x.Pos()) {
			n, ok = g.n, true
		}
	}
	return n, ok
}

// written reports whether something is assigned between two places, other than a part
// of itself.
func (c *counter) written(name string, from, to token.Pos) bool {
	for _, a := range c.writes[name] {
		if a.Pos() < from || to <= a.End() {
			continue
		}
		if len(a.Rhs) == 1 {
			if slice, ok := ast.Unparen(a.Rhs[0]).(*ast.SliceExpr); ok && types.ExprString(slice.X) == name {
				continue
			}
		}
		return true
	}
	return false
}

// findGuards reads "if len(x) > n { return }", "if n > 100 { n = 100 }",
// "if len(x) <= n { ... }", and the same in a switch without a tag.
func (c *counter) findGuards(body ast.Node) {
	ast.PreorderStack(body, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				name := types.ExprString(lhs)
				c.writes[name] = append(c.writes[name], n)
				if index, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok {
					if v := c.variable(index.X); v != nil {
						c.stores[v] = append(c.stores[v], n.Pos())
					}
				}
			}
		case *ast.IfStmt:
			c.ifGuards(n, scopeAfter(n, stack))
		case *ast.SwitchStmt:
			if n.Tag == nil {
				c.switchGuards(n, scopeAfter(n, stack))
			}
		}
		return true
	})
}

// ifGuards reads an if statement; what is known behind it holds up to after.
func (c *counter) ifGuards(n *ast.IfStmt, after token.Pos) {
	c.guard(n.Cond, token.LAND, c.below, n.Body.Pos(), n.Body.End())
	if n.Else != nil {
		c.guard(n.Cond, token.LOR, c.above, n.Else.Pos(), n.Else.End())
		if els, ok := n.Else.(*ast.BlockStmt); ok && syntax.Stops(els.List) {
			c.guard(n.Cond, token.LAND, c.below, n.End(), after)
		}
	}
	if syntax.Stops(n.Body.List) {
		c.guard(n.Cond, token.LOR, c.above, n.End(), after)
	} else if cmp, ok := ast.Unparen(n.Cond).(*ast.BinaryExpr); ok && n.Else == nil {
		c.clamp(cmp, n, after)
	}
}

// switchGuards reads a switch whose cases are conditions.
func (c *counter) switchGuards(n *ast.SwitchStmt, after token.Pos) {
	for _, s := range n.Body.List {
		clause := s.(*ast.CaseClause)
		if len(clause.List) != 1 {
			continue
		}
		c.guard(clause.List[0], token.LAND, c.below, clause.Colon, clause.End())
		if syntax.Stops(clause.Body) && !breaks(clause.Body) {
			c.guard(clause.List[0], token.LOR, c.above, clause.End(), after)
		}
	}
}

// guard notes the comparisons that a condition consists of, which hold, or do not, in
// a part of the code.
func (c *counter) guard(cond ast.Expr, op token.Token, read func(*ast.BinaryExpr) (ast.Expr, bound, bool), from, to token.Pos) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return
	}
	if cmp.Op == op {
		c.guard(cmp.X, op, read, from, to)
		c.guard(cmp.Y, op, read, from, to)
		return
	}
	if cmp.Op == token.EQL && op == token.LOR {
		return // x is not n, which bounds nothing
	}
	x, limit, ok := read(cmp)
	if !ok || limit.kind != constantBound {
		return
	}
	c.note(x, limit.n, from, to)
	if v := c.variable(x); v != nil {
		if arg := c.lengthOf(c.p.names.Value(v)); arg != nil { // n := len(x)
			c.note(arg, limit.n, from, to)
		}
	}
}

// clamp reads "if n > 100 { n = 100 }" and "if len(x) > 100 { x = x[:100] }".
func (c *counter) clamp(cmp *ast.BinaryExpr, s *ast.IfStmt, after token.Pos) {
	x, limit, ok := c.above(cmp)
	if !ok || cmp.Op == token.EQL || limit.kind != constantBound {
		return
	}
	if arg := c.lengthOf(x); arg != nil {
		x = arg
	}
	for _, inner := range s.Body.List {
		if a, ok := inner.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN && types.ExprString(a.Lhs[0]) == types.ExprString(x) {
			c.note(x, limit.n, s.End(), after)
		}
	}
}

func (c *counter) note(x ast.Expr, n int, from, to token.Pos) {
	if arg := c.lengthOf(x); arg != nil {
		x = arg
	}
	name := types.ExprString(x)
	c.guards[name] = append(c.guards[name], guard{roles.Root(c.p.Info, x), from, to, n})
}

// scopeAfter is the end of the block in which what is known after a statement holds.
// After the last of a chain of ifs it holds if the others stop.
func scopeAfter(s ast.Stmt, stack []ast.Node) token.Pos {
	for i := len(stack) - 1; i >= 0; i-- {
		switch parent := stack[i].(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			return parent.End()
		case *ast.IfStmt:
			if parent.Else != s || !syntax.Stops(parent.Body.List) {
				return s.End()
			}
			s = parent
		default:
			return s.End()
		}
	}
	return s.End()
}

// breaks reports whether a clause goes on behind its switch.
func breaks(list []ast.Stmt) bool {
	s, ok := list[len(list)-1].(*ast.BranchStmt)
	return ok && s.Tok != token.CONTINUE
}
