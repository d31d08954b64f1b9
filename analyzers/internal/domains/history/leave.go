package history

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
)

// leftAt looks for a way out of a loop at a count: if n >= 100 { break }. A count that
// nobody here knows is a bound all the same, and so is a time.
func (c *counter) leftAt(loop ast.Stmt, body *ast.BlockStmt) flow.Bound {
	b := flow.Unbounded
	for _, g := range c.graphs {
		if !g.HasLoop(loop) {
			continue
		}
		for _, cond := range g.Conditions(body) {
			if again, _ := g.Again(loop, cond); again {
				continue
			}
			if c.aboutHistory(cond.Expr) || c.aboutTime(cond.Expr) {
				b = flow.Tighter(b, flow.NoBound)
			}
			ast.Inspect(cond.Expr, func(x ast.Node) bool {
				if cmp, ok := x.(*ast.BinaryExpr); ok {
					b = flow.Tighter(b, c.count(loop, body, cmp))
				}
				return true
			})
		}
	}
	return b
}

// count is the bound of a loop that is left where cmp holds, if cmp compares what the
// loop counts.
func (c *counter) count(loop ast.Stmt, body *ast.BlockStmt, cmp *ast.BinaryExpr) flow.Bound {
	if c.loops.Direction(loop, cmp.X) < 0 && (cmp.Op == token.EQL || cmp.Op == token.LEQ || cmp.Op == token.LSS) {
		if c.counts(loop, body, cmp.X) {
			return c.loops.Start(loop, cmp.X) // downwards
		}
		return flow.Unbounded
	}
	if x, limit, ok := c.above(cmp); ok && c.counts(loop, body, x) {
		return limit
	}
	return flow.Unbounded
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
		if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.ASSIGN && flow.StepOver(a, name) == 0 {
			for _, lhs := range a.Lhs {
				reset = reset || types.ExprString(lhs) == name
			}
		}
		return !reset
	})
	if reset || !c.loops.Steps(loop, x) {
		return false
	}
	if f, ok := loop.(*ast.ForStmt); ok && f.Post != nil && c.loops.Steps(f.Post, x) {
		return true
	}
	counted := func(n ast.Node) bool {
		found := false
		ast.Inspect(n, func(n ast.Node) bool {
			found = found || flow.StepOver(n, name) != 0
			return !found
		})
		return found
	}
	return !slices.ContainsFunc(c.graphs, func(g *flow.Graph) bool { return g.Turns(loop, c.mayRun, counted) })
}
