// Package flow answers questions about one function: where a value comes from, what is known at a
// point, which ways lead from one point to another and what they come to.
//
// It knows Go, but nothing of what functions do: whoever asks says what counts. The control flow
// is that of package go/cfg. A closure belongs to the statement in which it stands.
package flow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"

	"golang.org/x/tools/go/cfg"
)

// A Graph is the control flow of one function.
type Graph struct {
	body   *ast.BlockStmt
	blocks []block
	nodes  []node // that have a block, by position
	loops  map[ast.Stmt]heads
	behind map[ast.Stmt]*cfg.Block // what follows a statement with branches
	clause map[ast.Stmt]ast.Stmt   // the switch or select that a clause belongs to

	conditions []Condition // once they are asked for
}

// block is what is known of a block, by its index.
type block struct {
	*cfg.Block
	preds []*cfg.Block
	// The block dominates those whose enter lies between its own enter and leave.
	enter, leave int32
}

// node is a statement or an expression of a block.
type node struct {
	ast.Node
	block *cfg.Block
	index int // in the block
}

// heads are where a turn of a loop begins, and where the next one does.
type heads struct {
	body, next *cfg.Block
	turning    map[*cfg.Block]bool // see Graph.turning
}

// New makes the graph of a function's body, in time that is linear in its size.
func New(info *types.Info, body *ast.BlockStmt) *Graph {
	c := cfg.New(body, func(call *ast.CallExpr) bool { return !NeverReturns(info, call) })
	g := &Graph{body: body, blocks: make([]block, len(c.Blocks)), loops: make(map[ast.Stmt]heads), behind: make(map[ast.Stmt]*cfg.Block), clause: make(map[ast.Stmt]ast.Stmt)}
	for i, b := range c.Blocks {
		g.blocks[i].Block = b
		g.noteClauses(b)
		if !b.Live {
			continue
		}
		for j, n := range b.Nodes {
			g.nodes = append(g.nodes, node{n, b, j})
		}
		for _, next := range b.Succs {
			g.blocks[next.Index].preds = append(g.blocks[next.Index].preds, b)
		}
		g.note(b)
	}
	slices.SortStableFunc(g.nodes, func(a, b node) int { return cmp.Compare(a.Pos(), b.Pos()) })
	g.dominate()
	return g
}

// note keeps the blocks that loops and ifs are asked for.
func (g *Graph) note(b *cfg.Block) {
	h := g.loops[b.Stmt]
	switch b.Kind {
	case cfg.KindForBody, cfg.KindRangeBody:
		h.body = b
		if h.next == nil {
			h.next = b // for { }
		}
	case cfg.KindForLoop, cfg.KindRangeLoop:
		if h.next == nil || h.next == h.body {
			h.next = b
		}
	case cfg.KindForPost:
		h.next = b
	case cfg.KindIfDone, cfg.KindForDone, cfg.KindRangeDone, cfg.KindSwitchDone, cfg.KindSelectDone:
		g.behind[b.Stmt] = b
		return
	default:
		return
	}
	g.loops[b.Stmt] = h
}

// noteClauses notes the clauses of a switch or select, by the block that follows it.
func (g *Graph) noteClauses(b *cfg.Block) {
	var body *ast.BlockStmt
	switch s := b.Stmt.(type) {
	case *ast.SwitchStmt:
		body = s.Body
	case *ast.TypeSwitchStmt:
		body = s.Body
	case *ast.SelectStmt:
		body = s.Body
	default:
		return
	}
	for _, clause := range body.List {
		g.clause[clause] = b.Stmt
	}
}

// dominate computes the dominators, as Cooper, Harvey and Kennedy do ("A Simple, Fast Dominance
// Algorithm"), and numbers their tree so that one comparison tells who dominates whom.
func (g *Graph) dominate() {
	order, number := g.postorder()
	idom := make([]int, len(order)) // by number; the entry has the last
	for i := range idom {
		idom[i] = -1
	}
	entry := len(order) - 1
	idom[entry] = entry
	for changed := true; changed; {
		changed = false
		for i := entry - 1; i >= 0; i-- {
			best := -1
			for _, pred := range g.blocks[order[i].Index].preds {
				p := number[pred.Index]
				switch {
				case idom[p] < 0:
				case best < 0:
					best = p
				default:
					best = meet(idom, best, p)
				}
			}
			if idom[i] != best {
				idom[i], changed = best, true
			}
		}
	}
	g.numberTree(order, idom)
}

// meet is the nearest block that dominates both.
func meet(idom []int, a, b int) int {
	for a != b {
		for a < b {
			a = idom[a]
		}
		for b < a {
			b = idom[b]
		}
	}
	return a
}

// postorder lists the blocks, those that are led to first, and numbers them.
func (g *Graph) postorder() (order []*cfg.Block, number []int) {
	number = make([]int, len(g.blocks))
	type step struct {
		b    *cfg.Block
		next int
	}
	seen := make([]bool, len(g.blocks))
	seen[0] = true
	for stack := []step{{b: g.blocks[0].Block}}; len(stack) > 0; {
		top := &stack[len(stack)-1]
		if top.next == len(top.b.Succs) {
			number[top.b.Index] = len(order)
			order = append(order, top.b)
			stack = stack[:len(stack)-1]
			continue
		}
		next := top.b.Succs[top.next]
		top.next++
		if !seen[next.Index] {
			seen[next.Index] = true
			stack = append(stack, step{b: next})
		}
	}
	return order, number
}

func (g *Graph) numberTree(order []*cfg.Block, idom []int) {
	below := make([]int32, len(order)) // how many a block dominates, itself included
	for i := range order {
		below[i]++
		if i < len(order)-1 {
			below[idom[i]] += below[i]
		}
	}
	next := make([]int32, len(order)) // the number of the next child
	for i := len(order) - 1; i >= 0; i-- {
		b := &g.blocks[order[i].Index]
		if i < len(order)-1 {
			b.enter = next[idom[i]]
			next[idom[i]] += below[i]
		}
		b.leave = b.enter + below[i]
		next[i] = b.enter + 1
	}
}

func (g *Graph) dominates(a, b *cfg.Block) bool {
	x, y := &g.blocks[a.Index], &g.blocks[b.Index]
	return x.enter <= y.enter && y.enter < x.leave
}

// at is the node around a position; false in code that nothing leads to.
func (g *Graph) at(pos token.Pos) (node, bool) {
	i := sort.Search(len(g.nodes), func(i int) bool { return g.nodes[i].Pos() > pos }) - 1
	if i < 0 || g.nodes[i].End() <= pos {
		return node{}, false
	}
	return g.nodes[i], true
}

// HasLoop reports whether a loop is one of the graph, and not of a closure, or in code that nothing
// leads to.
func (g *Graph) HasLoop(loop ast.Stmt) bool { return g.loops[loop].body != nil }

// Node is the statement or the expression of the graph around a position, or nil in code that
// nothing leads to.
func (g *Graph) Node(pos token.Pos) ast.Node {
	n, _ := g.at(pos)
	return n.Node
}

// Next is the first node behind a position that fits, in the order of the text, or nil.
func (g *Graph) Next(pos token.Pos, fits func(ast.Node) bool) ast.Node {
	i := sort.Search(len(g.nodes), func(i int) bool { return g.nodes[i].Pos() >= pos })
	for _, n := range g.nodes[i:] {
		if fits(n.Node) {
			return n.Node
		}
	}
	return nil
}
