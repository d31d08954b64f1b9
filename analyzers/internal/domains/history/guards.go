package history

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

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
