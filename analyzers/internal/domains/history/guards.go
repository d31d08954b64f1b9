package history

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// above reads x >= n, x > n, x == n and their mirror images: the largest value that
// x has where the condition does not hold.
func (c *counter) above(cmp *ast.BinaryExpr) (x ast.Expr, limit flow.Bound, ok bool) {
	x, n, op := cmp.X, cmp.Y, cmp.Op
	switch op {
	case token.LSS, token.LEQ: // n <= x
		return cmp.Y, c.loops.Value(cmp.X, 0), true
	case token.GTR, token.GEQ:
		return x, c.loops.Value(n, 0), true
	case token.EQL:
		if limit := c.loops.Value(n, 0); limit.Kind == flow.Constant {
			return x, limit, true
		}
	}
	return nil, flow.NoBound, false
}

// below reads x <= n, x < n, x == n and their mirror images: the largest value that x
// has where the condition holds.
func (c *counter) below(cmp *ast.BinaryExpr) (x ast.Expr, limit flow.Bound, ok bool) {
	switch cmp.Op {
	case token.LSS, token.LEQ, token.EQL:
		return cmp.X, c.loops.Value(cmp.Y, 0), true
	case token.GTR, token.GEQ: // n >= x
		return cmp.Y, c.loops.Value(cmp.X, 0), true
	}
	return nil, flow.NoBound, false
}

// A guard is a length or number that is known to be at most n in a part of the code.
type guard struct {
	root types.Object
	in   flow.Region
	n    int
	from token.Pos // in the region
}

// guarded is what is known of x where it stands.
func (c *counter) guarded(x ast.Expr) (n int, ok bool) {
	if arg := c.loops.Length(x); arg != nil {
		x = arg
	}
	name := types.ExprString(x)
	for _, g := range c.guards[name] {
		if g.root == syntax.Root(c.p.Info, x) && (!ok || g.n < n) && g.from <= x.Pos() && g.in.Has(x.Pos()) && g.in.Intact(c.loops.Writes[name], x.Pos()) {
			n, ok = g.n, true
		}
	}
	return n, ok
}

// findGuards reads "if len(x) > n { return }", "if n > 100 { n = 100 }",
// "if len(x) <= n { ... }", and the same in a switch without a tag.
func (c *counter) findGuards(body *ast.BlockStmt) {
	c.graph(body)
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			c.graph(n.Body)
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				c.write(types.ExprString(lhs), n)
				if index, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok {
					if v := c.variable(index.X); v != nil {
						c.stores[v] = append(c.stores[v], n.Pos())
					}
				}
			}
		}
		return true
	})
	for _, g := range c.graphs {
		for known := range g.Known() {
			c.guard(known)
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch s := n.(type) {
		case *ast.IfStmt:
			if s.Else == nil {
				c.clamp(s, s.Cond)
			}
		case *ast.AssignStmt:
			c.shorten(s)
		}
		return true
	})
}

func (c *counter) graph(body *ast.BlockStmt) { c.graphs = append(c.graphs, flow.New(c.p.Info, body)) }

// write notes an assignment, but for that of a part of the same.
func (c *counter) write(name string, a *ast.AssignStmt) {
	if len(a.Rhs) == 1 {
		if slice, ok := ast.Unparen(a.Rhs[0]).(*ast.SliceExpr); ok && types.ExprString(slice.X) == name {
			return
		}
	}
	c.loops.Writes[name] = append(c.loops.Writes[name], a)
}

// guard notes a comparison that holds, or does not, in a part of the code.
func (c *counter) guard(known flow.Known) {
	cmp, ok := known.Expr.(*ast.BinaryExpr)
	if !ok {
		return
	}
	read := c.below
	if !known.Holds {
		read = c.above
	}
	x, limit, ok := read(cmp)
	if !ok || limit.Kind != flow.Constant || !known.Holds && cmp.Op == token.EQL { // x is not n, which bounds nothing
		return
	}
	c.note(x, limit.N, known.In)
	if arg := c.p.length(x); arg != nil {
		c.note(arg, limit.N, known.In)
	}
}

// clamp reads "if n > 100 { n = 100 }", "if n <= 0 || n > 100 { n = 100 }",
// "if len(x) > 100 { x = x[:100] }" and "if n := len(x); n > 100 { x = x[:100] }".
func (c *counter) clamp(s *ast.IfStmt, cond ast.Expr) {
	cmp, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || cmp.Op == token.EQL {
		return
	}
	if cmp.Op == token.LOR {
		c.clamp(s, cmp.X)
		c.clamp(s, cmp.Y)
		return
	}
	x, limit, ok := c.above(cmp)
	if !ok || limit.Kind != flow.Constant {
		return
	}
	for _, x := range []ast.Expr{x, c.p.length(x)} {
		if x != nil && assignsTo(s.Body, types.ExprString(x)) {
			for _, g := range c.graphs {
				c.note(x, limit.N, g.After(s))
			}
		}
	}
}

// assignsTo reports whether a statement of a block assigns to something.
func assignsTo(body *ast.BlockStmt, name string) bool {
	return slices.ContainsFunc(body.List, func(s ast.Stmt) bool {
		a, ok := s.(*ast.AssignStmt)
		return ok && a.Tok == token.ASSIGN && types.ExprString(a.Lhs[0]) == name
	})
}

// shorten reads "x = x[:100]".
func (c *counter) shorten(a *ast.AssignStmt) {
	if len(a.Lhs) != 1 || len(a.Rhs) != 1 || a.Tok != token.ASSIGN {
		return
	}
	part, ok := ast.Unparen(a.Rhs[0]).(*ast.SliceExpr)
	if !ok || part.Low != nil || part.High == nil || types.ExprString(part.X) != types.ExprString(a.Lhs[0]) {
		return
	}
	if limit := c.loops.Value(part.High, 0); limit.Kind == flow.Constant {
		for _, g := range c.graphs {
			name := types.ExprString(a.Lhs[0])
			c.guards[name] = append(c.guards[name], guard{syntax.Root(c.p.Info, a.Lhs[0]), g.From(a.Pos()), limit.N, a.End()})
		}
	}
}

func (c *counter) note(x ast.Expr, n int, in flow.Region) {
	if arg := c.loops.Length(x); arg != nil {
		x = arg
	}
	name := types.ExprString(x)
	c.guards[name] = append(c.guards[name], guard{syntax.Root(c.p.Info, x), in, n, token.NoPos})
}
