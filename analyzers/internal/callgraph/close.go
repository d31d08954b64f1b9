package callgraph

import (
	"sort"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
)

// maxVisited bounds the open calls that are followed from one root.
const maxVisited = 2000

// A closer resolves the open calls of roots.
type closer struct {
	facts.Links
	p      *Package
	closed map[string]bool
	pairs  []string // closed here
	found  map[string]*found
	order  []*found
}

// found is an effect with the roots that reach it.
type found struct {
	effect *facts.Effect
	best   candidate
	roots  map[string]bool // by key; false for one that is not known to be more than a helper
}

// count is how many roots reach the effect: the one of the chain, and those that are more
// than helpers.
func (f *found) count() int {
	n := 0
	for key, counts := range f.roots {
		if counts || key == f.best.key {
			n++
		}
	}
	return n
}

type candidate struct {
	root  *Root
	key   string // of the function; not the root's if that is a place that holds functions
	hops  []string
	entry *Entry          // the way out of this package, if the root is in it
	binds []bindings.Bind // what resolved it
}

// newCloser indexes what this package and its imports bind.
func (p *Package) newCloser(own []facts.Impl) *closer {
	c := &closer{
		Links:  facts.NewLinks(p.wiring.Impls, own),
		p:      p,
		closed: make(map[string]bool),
		found:  make(map[string]*found),
	}
	p.bindAll(c.Links)
	for _, pair := range p.wiring.Closed {
		c.closed[pair] = true
	}
	return c
}

// bindAll tells links what this package and its imports bind.
func (p *Package) bindAll(l facts.Links) {
	all := append([]bindings.Bind{}, p.wiring.Binds...)
	for b := range p.flow.Binds {
		if _, ok := p.via[b]; !ok {
			all = append(all, b)
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Less(all[j]) })
	for _, b := range all {
		l.Bind(b)
	}
}

// Types are the keys of the types that this package and its imports bind to an interface, by its
// key. It may be asked when all bodies have been read.
func (p *Package) Types(iface string) []string {
	if p.bound == nil {
		links := facts.NewLinks()
		p.bindAll(links)
		p.bound = &links
	}
	return p.bound.Types(iface)
}

// Keep lets importers know of what binds a type, although its methods do nothing that the graph
// follows.
func (p *Package) Keep(key string) { p.kept = append(p.kept, key) }

// close lets open calls meet bindings, places what is found, and exports the wiring.
func (p *Package) close() {
	impls := p.ownImpls()
	c := p.newCloser(impls)
	p.closer = c
	if !p.Testing {
		p.forward(c)
	}
	roots := p.roots()
	isOwn := make(map[string]bool)
	for _, r := range roots {
		isOwn[r.id()] = true
		p.roles[r.key] = append(p.roles[r.key], r.role())
		c.run(r)
	}
	for i := range p.wiring.Roots {
		w := &p.wiring.Roots[i]
		r := &Root{key: w.Key, name: w.Name, Kind: facts.RootKind(w.Kind), entries: entriesOf(nil, w.Opens)}
		if !isOwn[r.id()] {
			c.run(r)
		}
	}
	p.place(c)
	p.each(func(h *Hooks) func() { return h.Closed })
	p.exportWiring(p.wiringOf(c, roots, impls))
}

func reachOf(entries []*Entry) facts.Reach {
	var r facts.Reach
	for _, e := range entries {
		if e.Effect != nil {
			r.Effects = append(r.Effects, e.Effect)
		} else {
			r.Opens = append(r.Opens, e.open)
		}
	}
	return r
}

// MayReach reports whether a root that reaches r may have an effect of a kind, through any
// open call that lets the kind pass. One that nothing seen here resolves may.
func (p *Package) MayReach(r facts.Reach, kind facts.Kind) bool {
	for _, e := range r.Effects {
		if e.Kind == kind {
			return true
		}
	}
	seen := make(map[string]bool)
	for opens := r.Opens; len(opens) > 0; {
		o := opens[0]
		opens = opens[1:]
		if o.Mask&kind != 0 || seen[o.ID()] {
			continue
		}
		seen[o.ID()] = true
		if len(p.closer.Bound(o.Key)) == 0 || len(seen) > 1000 {
			return true
		}
		for _, target := range p.closer.Resolve(o) {
			behind := target.Impl.Reach()
			for _, e := range behind.Effects {
				if e.Kind == kind && target.Mask&kind == 0 {
					return true
				}
			}
			opens = append(opens, behind.Opens...)
		}
	}
	return false
}

// mask asks the domains which kinds do not matter to a root.
func (c *closer) mask(r *Root, reach facts.Reach) facts.Kind {
	var mask facts.Kind
	for _, d := range c.p.domains {
		if d.hooks.MaskRoot != nil {
			mask |= d.hooks.MaskRoot(r, reach)
		}
	}
	return mask
}

// openStep is an open call on the way, with what led to it.
type openStep struct {
	open  *facts.Open
	hops  []string
	binds []bindings.Bind
	entry *Entry
	key   string // of the root's function, once known
	name  string
	mask  facts.Kind
}

// run closes what one root reaches.
func (c *closer) run(r *Root) {
	var reach facts.Reach // of a place that holds functions, it is each function's own
	if r.name != "" {
		reach = reachOf(r.entries)
	}
	r.mask = c.mask(r, reach)
	var queue []openStep
	for _, e := range r.entries {
		var hops []string
		if r.name != "" {
			hops = append([]string{r.name}, e.chain.List()...)
		}
		if e.Effect != nil {
			c.close(e.Effect, candidate{r, r.key, hops, e, nil}, r.mask)
			continue
		}
		queue = append(queue, openStep{open: e.open, hops: hops, entry: e, key: r.key, name: r.name, mask: r.mask})
	}
	sort.SliceStable(queue, func(i, j int) bool { return len(queue[i].hops) < len(queue[j].hops) })
	visited := make(map[string]bool)
	for len(queue) > 0 && len(visited) < maxVisited {
		st := queue[0]
		queue = queue[1:]
		id := st.open.ID()
		if st.name == "" {
			id += "|" + st.key
		}
		if visited[id] {
			continue
		}
		visited[id] = true
		for _, target := range c.Resolve(st.open) {
			queue = append(queue, c.enter(r, st, target)...)
		}
	}
}

// enter closes what a function that an open call may run does, and returns the open
// calls behind it.
func (c *closer) enter(r *Root, st openStep, target facts.Resolved) []openStep {
	im := target.Impl
	next := st
	mask := st.open.Mask | target.Mask
	next.hops = st.hops[:len(st.hops):len(st.hops)]
	if im.Name != "" {
		next.hops = append(next.hops, im.Name)
	}
	next.binds = append(st.binds[:len(st.binds):len(st.binds)], target.Binds...)
	if st.name == "" && im.Name != "" {
		// The root is a place that holds functions; this is the function.
		if im.Kind != int(r.Kind) {
			return nil
		}
		next.key, next.name = im.Key, im.Name
		next.mask = c.mask(r, im.Reach())
	}
	for i := range im.Effects {
		e := &im.Effects[i]
		if e.Effect.Kind&mask == 0 {
			hops := append(next.hops[:len(next.hops):len(next.hops)], e.Chain...)
			c.close(&e.Effect, candidate{r, next.key, hops, st.entry, next.binds}, next.mask)
		}
	}
	var more []openStep
	for i := range im.Opens {
		o := im.Opens[i]
		o.Mask |= mask
		if o.Mask != c.p.all {
			behind := next
			behind.open = &o
			behind.hops = append(next.hops[:len(next.hops):len(next.hops)], o.Chain...)
			more = append(more, behind)
		}
	}
	return more
}

// close notes that a root reaches an effect.
func (c *closer) close(e *facts.Effect, cand candidate, mask facts.Kind) {
	if e.Kind&mask != 0 || !e.Kind.MattersTo(cand.root.Kind) {
		return
	}
	id := e.ID()
	pair := cand.key + "|" + id
	if c.closed[pair] {
		return
	}
	f := c.found[id]
	if f == nil {
		f = &found{effect: e, roots: make(map[string]bool)}
		c.found[id] = f
		c.order = append(c.order, f)
	}
	if _, ok := f.roots[cand.key]; !ok {
		f.roots[cand.key] = !cand.root.Helper
		c.pairs = append(c.pairs, pair)
	}
	if f.best.root == nil || better(cand, f.best) {
		f.best = cand
	}
}

// better prefers activities, then short chains, then those that start here.
func better(a, b candidate) bool {
	if a.root.Kind != b.root.Kind {
		return a.root.Kind < b.root.Kind
	}
	if len(a.hops) != len(b.hops) {
		return len(a.hops) < len(b.hops)
	}
	return a.root.Node != nil && b.root.Node == nil
}
