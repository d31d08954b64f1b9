package effects

import (
	"go/token"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
)

// An entry is an effect, or an open call, that a node reaches, by the shortest
// chain.
type entry struct {
	effect *Effect
	open   *open // Chain is not used; the entry's own is
	id     string
	dist   int
	chain  *hops
	// exit is the last place in this package, outside generated files, on the way.
	exit, exitEnd token.Pos
	foreign       bool // the chain left the package or passes an interface
}

// hops is a chain that shares its tail.
type hops struct {
	name string
	next *hops
}

func (h *hops) list() []string {
	var all []string
	for ; h != nil; h = h.next {
		if h.name != "" {
			all = append(all, h.name)
		}
	}
	return all
}

func hopsOf(names []string) *hops {
	var h *hops
	for i := len(names) - 1; i >= 0; i-- {
		h = &hops{names[i], h}
	}
	return h
}

// cut leaves out the middle of a long chain.
func cut(chain []string) []string {
	if len(chain) <= maxChain {
		return chain
	}
	short := append([]string{}, chain[:maxChain/2]...)
	short = append(short, "...")
	return append(short, chain[len(chain)-maxChain/2+1:]...)
}

// solve computes what every node reaches. Strongly connected components are
// solved callees first, each to a fixpoint in the order of its nodes, so that
// the same input gives the same chains.
func (p *pkg) solve() {
	s := &solver{p: p}
	for _, n := range p.nodes {
		n.index, n.low, n.onStack, n.entries, n.order = 0, 0, false, nil, nil
	}
	for _, n := range p.nodes {
		if n.index == 0 {
			s.visit(n)
		}
	}
}

type solver struct {
	p     *pkg
	next  int
	stack []*node
}

// visit is Tarjan's algorithm. Its depth is the depth of the package's calls.
func (s *solver) visit(n *node) {
	s.next++
	n.index, n.low = s.next, s.next
	s.stack = append(s.stack, n)
	n.onStack = true
	for _, e := range n.edges {
		switch {
		case e.to == nil:
		case e.to.index == 0:
			s.visit(e.to)
			n.low = min(n.low, e.to.low)
		case e.to.onStack:
			n.low = min(n.low, e.to.index)
		}
	}
	if n.low != n.index {
		return
	}
	var component []*node
	for {
		m := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		m.onStack = false
		component = append(component, m)
		if m == n {
			break
		}
	}
	sort.Slice(component, func(i, j int) bool { return component[i].index < component[j].index })
	for _, m := range component {
		s.p.base(m)
	}
	for changed := true; changed; {
		changed = false
		for _, m := range component {
			changed = s.p.step(m) || changed
		}
		if len(component) == 1 {
			break
		}
	}
	for _, m := range component {
		m.limit()
	}
}

// base enters what the node does itself, and what other packages' functions do.
func (p *pkg) base(n *node) {
	n.entries = make(map[string]*entry)
	for _, s := range n.sites {
		n.add(&entry{effect: &s.effect, id: s.effect.ID(), exit: s.pos, exitEnd: s.end})
	}
	for i := range n.looped {
		l := &n.looped[i]
		n.add(&entry{effect: &l.effect, id: l.effect.ID(), dist: len(l.chain), chain: hopsOf(l.chain), exit: l.pos, exitEnd: l.end, foreign: true})
	}
	for i := range n.opens {
		o := &n.opens[i]
		op := &open{Key: o.key, Method: o.method, Mask: o.mask}
		n.add(&entry{open: op, id: op.id(), exit: o.pos, exitEnd: o.end, foreign: true})
	}
	for _, e := range n.edges {
		if e.fn == nil {
			continue
		}
		fact := p.factOf(e.fn)
		name := hop(e.fn)
		for i := range fact.Effects {
			r := &fact.Effects[i]
			if p.passes(n, e, &r.Effect) {
				n.add(&entry{effect: &r.Effect, id: r.Effect.ID(), dist: 1 + len(r.Chain), chain: &hops{name, hopsOf(r.Chain)}, exit: e.pos, exitEnd: e.end, foreign: true})
			}
		}
		for i := range fact.Opens {
			o := &fact.Opens[i]
			op := &open{Key: o.Key, Method: o.Method, Mask: o.Mask | e.mask}
			n.add(&entry{open: op, id: op.id(), dist: 1 + len(o.Chain), chain: &hops{name, hopsOf(o.Chain)}, exit: e.pos, exitEnd: e.end, foreign: true})
		}
	}
}

// step enters what the callees in this package reach.
func (p *pkg) step(n *node) bool {
	changed := false
	for _, e := range n.edges {
		if e.to == nil {
			continue
		}
		generated := p.generatedAt(e.to.body.Pos())
		for _, c := range e.to.order {
			next := *c
			if e.to.name != "" {
				next.dist++
				next.chain = &hops{e.to.name, c.chain}
			}
			if generated {
				next.exit, next.exitEnd = e.pos, e.end
			}
			switch {
			case c.effect != nil:
				if !p.passes(n, e, c.effect) {
					continue
				}
			case e.mask != 0:
				op := *c.open
				op.Mask |= e.mask
				next.open, next.id = &op, op.id()
			}
			changed = n.add(&next) || changed
		}
	}
	return changed
}

// add keeps the shorter chain; among equals the first.
func (n *node) add(e *entry) bool {
	if e.open != nil && e.open.Mask == allKinds {
		return false
	}
	have := n.entries[e.id]
	if have == nil {
		if len(n.order) >= 4*maxReached {
			return false
		}
		n.entries[e.id] = e
		n.order = append(n.order, e)
		return true
	}
	if e.dist < have.dist {
		*have = *e
		return true
	}
	return false
}

// limit keeps the nearest.
func (n *node) limit() {
	if len(n.order) <= maxReached {
		return
	}
	sort.SliceStable(n.order, func(i, j int) bool { return n.order[i].dist < n.order[j].dist })
	for _, e := range n.order[maxReached:] {
		delete(n.entries, e.id)
	}
	n.order = n.order[:maxReached]
}

// exportable splits the entries of a node into the two lists of a fact, sorted.
func exportable(order []*entry) (effects []reached, opens []open) {
	sorted := append([]*entry{}, order...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].id < sorted[j].id })
	for _, e := range sorted {
		if e.effect != nil {
			effects = append(effects, reached{*e.effect, cut(e.chain.list())})
		} else {
			o := *e.open
			o.Chain = cut(e.chain.list())
			opens = append(opens, o)
		}
	}
	return effects, opens
}

// exportFunctions writes the facts of functions that other packages can name.
// Package main cannot be imported.
func (p *pkg) exportFunctions() {
	if p.pass.Pkg.Name() == "main" {
		return
	}
	for _, n := range p.nodes {
		if n.fn == nil || n.fn.Signature().Recv() == nil && !n.fn.Exported() {
			continue
		}
		f := &function{
			Version:          factVersion,
			Forwards:         p.finder.Forwards[n.fn],
			Texts:            p.returnedTexts(n),
			TestsDuplicate:   p.dups.tests[n.fn],
			AcceptsDuplicate: p.dups.accepts[n.fn],
			Tally:            p.tallyOf(n.fn),
			Options:          n.options,
			TakesOptions:     n.takesOptions,
			SetsPolicy:       n.setsPolicy,
			Registers:        n.registers,
			Deletes:          n.tables(),
		}
		f.Effects, f.Opens = exportable(n.order)
		if len(f.Effects)+len(f.Opens)+len(f.Forwards)+len(f.Texts)+len(f.TakesOptions)+len(f.Registers)+len(f.Deletes) > 0 ||
			f.TestsDuplicate || f.AcceptsDuplicate || f.Tally.runs() || f.Options.At != "" || f.SetsPolicy {
			p.pass.ExportObjectFact(n.fn, f)
		}
	}
}

// returnedTexts are the SQL templates that a function returns, if there is an
// INSERT in them.
func (p *pkg) returnedTexts(n *node) []resultText {
	decl := p.text.Decl(n.fn)
	if decl == nil || decl.Body == nil {
		return nil
	}
	var all []resultText
	results := n.fn.Signature().Results()
	for i := range results.Len() {
		if !isString(results.At(i).Type()) {
			continue
		}
		var texts []string
		found := false
		for _, t := range p.text.Returned(decl, i) {
			s := t.String()
			if len(s) > 1<<16 {
				s = sqltext.Hole
			}
			found = found || containsFold(s, "insert")
			texts = append(texts, strings.Clone(s))
		}
		if found {
			all = append(all, resultText{i, texts})
		}
	}
	return all
}
