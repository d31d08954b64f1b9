package flow

import (
	"cmp"
	"go/ast"
	"go/token"
	"iter"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// A Region is code that only runs behind some point. The zero Region is empty.
type Region struct {
	g     *Graph
	first *cfg.Block
}

// Has reports whether a position is in the region.
func (r Region) Has(pos token.Pos) bool {
	if r.first == nil {
		return false
	}
	n, ok := r.g.at(pos)
	return ok && r.g.dominates(r.first, n.block)
}

// A Condition decides where the function goes on.
type Condition struct {
	Expr ast.Expr
	Tag  ast.Expr // of a switch that has one: the condition is that the two are equal
	// What only runs where it holds, and where it does not. A region is empty where there is
	// another way to the same code.
	True, False Region

	whenTrue, whenFalse *cfg.Block // where it leads, whether or not there is another way there
}

// Conditions are those of the ifs, for loops and switches that stand in a node, in the order of
// their positions.
func (g *Graph) Conditions(in ast.Node) []Condition {
	if g.conditions == nil {
		for i := range g.blocks {
			if c, ok := g.condition(g.blocks[i].Block); ok {
				g.conditions = append(g.conditions, c)
			}
		}
		slices.SortFunc(g.conditions, func(a, b Condition) int { return cmp.Compare(a.Expr.Pos(), b.Expr.Pos()) })
	}
	index := func(pos token.Pos) int {
		i, _ := slices.BinarySearchFunc(g.conditions, pos, func(c Condition, pos token.Pos) int { return cmp.Compare(c.Expr.Pos(), pos) })
		return i
	}
	return g.conditions[index(in.Pos()):index(in.End())]
}

// condition is that with which a block ends.
func (g *Graph) condition(b *cfg.Block) (Condition, bool) {
	x, ok := branch(b)
	if !ok || !b.Live {
		return Condition{}, false
	}
	c := Condition{Expr: x, True: g.only(b.Succs[0]), False: g.only(b.Succs[1]), whenTrue: b.Succs[0], whenFalse: b.Succs[1]}
	switch s := b.Succs[0].Stmt.(type) {
	case *ast.IfStmt, *ast.ForStmt:
		return c, true
	case *ast.CaseClause:
		if sw, ok := g.clause[s].(*ast.SwitchStmt); ok {
			c.Tag = sw.Tag
			return c, true
		}
	}
	return Condition{}, false
}

// only is the region of a block to which one way leads.
func (g *Graph) only(b *cfg.Block) Region {
	if len(g.blocks[b.Index].preds) != 1 {
		return Region{}
	}
	return Region{g, b}
}

// Known is something that is true or false in a region.
type Known struct {
	Expr  ast.Expr
	Holds bool
	In    Region
}

// Known is what the conditions say, those that have no tag, each part of them by itself: of
// a && b, where it holds, both do.
func (g *Graph) Known() iter.Seq[Known] {
	return func(yield func(Known) bool) {
		for _, c := range g.Conditions(g.body) {
			if c.Tag != nil {
				continue
			}
			if c.True.first != nil && !known(c.Expr, true, c.True, yield) || c.False.first != nil && !known(c.Expr, false, c.False, yield) {
				return
			}
		}
	}
}

// known takes a condition apart. It reports whether to go on.
func known(x ast.Expr, holds bool, in Region, yield func(Known) bool) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return known(x.X, !holds, in, yield)
		}
	case *ast.BinaryExpr:
		if holds && x.Op == token.LAND || !holds && x.Op == token.LOR {
			return known(x.X, holds, in, yield) && known(x.Y, holds, in, yield)
		}
	}
	return yield(Known{ast.Unparen(x), holds, in})
}

// After is what runs behind an if, whichever way it went.
func (g *Graph) After(s *ast.IfStmt) Region {
	b := g.behind[s]
	if b == nil {
		return Region{}
	}
	return Region{g, b}
}

// From is what always runs with the block in which pos stands, and later.
func (g *Graph) From(pos token.Pos) Region {
	at, ok := g.at(pos)
	if !ok {
		return Region{}
	}
	return Region{g, at.block}
}

// Intact reports whether no write stands between the beginning of the region and a position in it,
// on any way.
func (r Region) Intact(writes []ast.Node, pos token.Pos) bool {
	at, ok := r.g.at(pos)
	if !ok {
		return false
	}
	for _, w := range writes {
		from, ok := r.g.at(w.Pos())
		if !ok || !r.g.dominates(r.first, from.block) {
			continue
		}
		if from.block == at.block && from.index < at.index || r.leads(from.block, at.block) {
			return false
		}
	}
	return true
}

// leads reports whether a way leads from the end of a block to another, within the region.
func (r Region) leads(from, to *cfg.Block) bool {
	return search(from.Succs, func(b *cfg.Block) (found bool, next []*cfg.Block) {
		if b == r.first || !r.g.dominates(r.first, b) {
			return false, nil
		}
		return b == to, b.Succs
	})
}
