package flow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/cfg"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// search follows ways, the first one to its end first, until something is found. Visit returns
// where a way leads from a step.
func search[Step comparable](from []Step, visit func(Step) (found bool, next []Step)) bool {
	seen := make(map[Step]bool)
	push := func(stack, more []Step) []Step {
		for _, s := range slices.Backward(more) {
			stack = append(stack, s)
		}
		return stack
	}
	for stack := push(nil, from); len(stack) > 0; {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[s] {
			continue
		}
		seen[s] = true
		found, next := visit(s)
		if found {
			return true
		}
		stack = push(stack, next)
	}
	return false
}

// Return finds the first return statement to which a way leads from a position, itself included,
// that meets nothing that ends it. Known says what conditions are known to be: a way on which one
// is something else does not count. Falling off the end returns at the closing brace.
func (g *Graph) Return(from token.Pos, ends func(ast.Node) bool, known func(cond ast.Expr) (isFalse, isTrue bool)) token.Pos {
	start, ok := g.at(from)
	if !ok {
		return token.NoPos
	}
	found := token.NoPos
	index := start.index
	search([]*cfg.Block{start.block}, func(b *cfg.Block) (bool, []*cfg.Block) {
		nodes := b.Nodes[index:]
		index = 0
		if slices.ContainsFunc(nodes, ends) {
			return false, nil
		}
		if ret := b.Return(); ret != nil {
			found = ret.Pos()
			return true, nil
		}
		if cond, ok := branch(b); ok {
			switch isFalse, isTrue := known(cond); {
			case isFalse:
				return false, b.Succs[1:]
			case isTrue:
				return false, b.Succs[:1]
			}
		}
		return false, b.Succs
	})
	return found
}

// branch is the expression that decides where a block leads.
func branch(b *cfg.Block) (ast.Expr, bool) {
	if len(b.Succs) != 2 || len(b.Nodes) == 0 {
		return nil, false
	}
	x, ok := b.Nodes[len(b.Nodes)-1].(ast.Expr)
	return x, ok
}

// Turns reports whether a turn of a loop can meet a node of one kind and none of another, from the
// start of its body to where the next turn begins. What stands in a loop within is met even if
// that loop does not turn.
func (g *Graph) Turns(loop ast.Stmt, meets, never func(ast.Node) bool) bool {
	type step struct {
		*cfg.Block
		met bool
	}
	if !g.HasLoop(loop) {
		return false
	}
	h := g.loops[loop]
	return search([]step{{h.body, false}}, func(s step) (bool, []step) {
		if isHead(s.Block) && never(s.Stmt) {
			return false, nil
		}
		for _, n := range s.Nodes {
			if never(n) {
				return false, nil
			}
			s.met = s.met || meets(n)
		}
		var next []step
		for _, to := range s.Succs {
			if to == h.next {
				if s.met {
					return true, nil
				}
			} else if g.dominates(h.body, to) {
				next = append(next, step{to, s.met})
			}
		}
		return false, next
	})
}

// isHead reports whether a block is where a loop asks whether to turn.
func isHead(b *cfg.Block) bool { return b.Kind == cfg.KindForLoop || b.Kind == cfg.KindRangeLoop }

// Again reports whether a loop around a condition may turn again where it holds, and where it does
// not.
func (g *Graph) Again(loop ast.Stmt, c Condition) (whenTrue, whenFalse bool) {
	turns := g.turning(loop)
	return turns[c.whenTrue], turns[c.whenFalse]
}

// turning are the blocks of a loop from which a way leads to the next turn, found once.
func (g *Graph) turning(loop ast.Stmt) map[*cfg.Block]bool {
	h := g.loops[loop]
	if h.turning == nil && g.HasLoop(loop) {
		h.turning = map[*cfg.Block]bool{h.next: true}
		search([]*cfg.Block{h.next}, func(b *cfg.Block) (bool, []*cfg.Block) {
			var next []*cfg.Block
			for _, pred := range g.blocks[b.Index].preds {
				if g.dominates(h.body, pred) {
					h.turning[pred] = true
					next = append(next, pred)
				}
			}
			return false, next
		})
		g.loops[loop] = h
	}
	return h.turning
}

// A Decision is what is known of a condition on a way.
type Decision int

const (
	Unknown Decision = iota
	Holds
	HoldsNot
	Stop // to follow the way
)

// Follow goes one way, from where a condition holds, or does not, until visit or decide stops it, a
// loop turns again or the function ends, for which visit sees a return statement at the closing
// brace. At a condition that is not known the way goes on behind the whole statement, as if that
// did nothing.
func (g *Graph) Follow(from Condition, holds bool, visit func(ast.Node) (stop bool), decide func(Condition) Decision) {
	b := from.whenTrue
	if !holds {
		b = from.whenFalse
	}
	start, seen := b, make(map[*cfg.Block]bool)
	for b != nil && b.Live && !seen[b] && (b == start || !g.dominates(b, start)) {
		seen[b] = true
		if slices.ContainsFunc(b.Nodes, visit) {
			return
		}
		switch len(b.Succs) {
		case 0:
			return
		case 1:
			b = b.Succs[0]
		default:
			b = g.decided(b, decide)
		}
	}
}

// decided is where a block with two ways leads, or nil.
func (g *Graph) decided(b *cfg.Block, decide func(Condition) Decision) *cfg.Block {
	if c, ok := g.condition(b); ok {
		switch decide(c) {
		case Holds:
			return c.whenTrue
		case HoldsNot:
			return c.whenFalse
		case Stop:
			return nil
		}
	}
	s := b.Succs[0].Stmt
	if whole := g.clause[s]; whole != nil {
		s = whole
	}
	return g.behind[s]
}

// Reaching calls yield for everything that a variable may have been assigned when a position is
// reached, in no order: its reaching definitions. What a closure assigns may have been, or not.
func (g *Graph) Reaching(info *types.Info, v types.Object, pos token.Pos, yield func(rhs ast.Expr)) {
	at, ok := g.at(pos)
	if !ok {
		return
	}
	assigned := func(nodes []ast.Node) bool {
		for _, n := range slices.Backward(nodes) {
			if defines(info, n, v, yield) {
				return true
			}
		}
		return false
	}
	if assigned(at.block.Nodes[:at.index]) {
		return
	}
	search(g.blocks[at.block.Index].preds, func(b *cfg.Block) (bool, []*cfg.Block) {
		if assigned(b.Nodes) {
			return false, nil
		}
		return false, g.blocks[b.Index].preds
	})
}

// defines calls yield for what a node assigns to a variable, and reports whether it always does.
func defines(info *types.Info, n ast.Node, v types.Object, yield func(rhs ast.Expr)) bool {
	always := false
	ast.Inspect(n, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt, *ast.ValueSpec:
			for lhs, rhs := range syntax.Definitions(x) {
				if id := syntax.Ident(lhs); id != nil && info.ObjectOf(id) == v {
					always = always || x == n
					yield(rhs)
				}
			}
		}
		return true
	})
	return always
}
