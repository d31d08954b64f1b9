package callgraph

import (
	"sort"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// solve computes what every node reaches. Strongly connected components are
// solved callees first, each to a fixpoint in the order of its nodes, so that
// the same input gives the same chains.
func (p *Package) solve() {
	s := &solver{p: p}
	for _, n := range p.Nodes {
		n.index, n.low, n.onStack, n.entries, n.order = 0, 0, false, nil, nil
	}
	for _, n := range p.Nodes {
		if n.index == 0 {
			s.visit(n)
		}
	}
}

type solver struct {
	p     *Package
	next  int
	stack []*Node
}

// visit is Tarjan's algorithm. Its depth is the depth of the package's calls.
func (s *solver) visit(n *Node) {
	s.next++
	n.index, n.low = s.next, s.next
	s.stack = append(s.stack, n)
	n.onStack = true
	for i := range n.Edges {
		switch to := n.Edges[i].To; {
		case to == nil:
		case to.index == 0:
			s.visit(to)
			n.low = min(n.low, to.low)
		case to.onStack:
			n.low = min(n.low, to.index)
		}
	}
	if n.low == n.index {
		s.component(s.pop(n))
	}
}

// pop takes the component whose first node is n from the stack.
func (s *solver) pop(n *Node) []*Node {
	i := len(s.stack) - 1
	for s.stack[i] != n {
		i--
	}
	component := append([]*Node{}, s.stack[i:]...)
	s.stack = s.stack[:i]
	for _, m := range component {
		m.onStack = false
	}
	sort.Slice(component, func(i, j int) bool { return component[i].index < component[j].index })
	return component
}

// component solves a strongly connected component to a fixpoint.
func (s *solver) component(nodes []*Node) {
	for _, m := range nodes {
		s.p.base(m)
	}
	for changed := true; changed; {
		changed = false
		for _, m := range nodes {
			changed = s.p.step(m) || changed
		}
		if len(nodes) == 1 {
			break
		}
	}
	for _, m := range nodes {
		m.limit()
	}
}

// base enters what the node does itself, and what other packages' functions do.
func (p *Package) base(n *Node) {
	n.entries = make(map[string]*Entry)
	for _, s := range n.Sites {
		n.add(&Entry{Effect: &s.Effect, id: s.Effect.ID(), exit: s.Pos, exitEnd: s.End})
	}
	for i := range n.Derived {
		d := &n.Derived[i]
		n.add(NewEntry(&d.Effect, d.Chain, d.Pos, d.End))
	}
	for i := range n.Opens {
		o := &n.Opens[i]
		p.addOpen(n, facts.Open{Key: o.key, Method: o.method, Mask: o.Mask}, &Entry{exit: o.Pos, exitEnd: o.End})
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.Fn == nil {
			continue
		}
		fact := p.factOf(e.Fn)
		name := keys.Hop(e.Fn)
		for i := range fact.Effects {
			r := &fact.Effects[i]
			if p.pass(n, e, &r.Effect) {
				n.add(&Entry{Effect: &r.Effect, id: r.Effect.ID(), Dist: 1 + len(r.Chain), chain: &facts.Hops{Name: name, Next: facts.HopsOf(r.Chain)}, exit: e.Pos, exitEnd: e.End})
			}
		}
		for i := range fact.Opens {
			o := &fact.Opens[i]
			p.addOpen(n, facts.Open{Key: o.Key, Method: o.Method, Mask: o.Mask | e.Mask},
				&Entry{Dist: 1 + len(o.Chain), chain: &facts.Hops{Name: name, Next: facts.HopsOf(o.Chain)}, exit: e.Pos, exitEnd: e.End})
		}
	}
}

// addOpen enters an open call unless no kind passes it.
func (p *Package) addOpen(n *Node, o facts.Open, e *Entry) bool {
	if o.Mask == p.all {
		return false
	}
	e.open, e.id = &o, o.ID()
	return n.add(e)
}

// pass reports whether an effect of what an edge leads to is one of the edge's node.
func (p *Package) pass(n *Node, e *Edge, effect *facts.Effect) bool {
	if effect.Kind&e.Mask != 0 {
		return false
	}
	for _, passes := range p.passes {
		if !passes(n, e, effect) {
			return false
		}
	}
	return true
}

// step enters what the callees in this package reach.
func (p *Package) step(n *Node) bool {
	changed := false
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.To == nil {
			continue
		}
		generated := p.Generated(e.To.Body.Pos())
		for _, c := range e.To.order {
			next := *c
			if e.To.Name != "" {
				next.Dist++
				next.chain = &facts.Hops{Name: e.To.Name, Next: c.chain}
			}
			if generated {
				next.exit, next.exitEnd = e.Pos, e.End
			}
			switch {
			case c.Effect == nil && e.Mask != 0:
				op := *c.open
				op.Mask |= e.Mask
				changed = p.addOpen(n, op, &next) || changed
			case c.Effect == nil || p.pass(n, e, c.Effect):
				changed = n.add(&next) || changed
			}
		}
	}
	return changed
}
