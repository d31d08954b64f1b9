package effects

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

const mcerrorPath = "github.com/mediacloud/mcwflint/runtime/mcerror"

// readImports merges the wiring of the direct imports; each carries its own
// imports' wiring.
func (p *pkg) readImports() {
	w := &wiring{Version: factVersion}
	roots := make(map[string]bool)
	impls := make(map[[2]string]bool)
	seen := make(map[string]bool)
	unique := func(list *[]string, more []string) {
		for _, s := range more {
			if !seen[s] {
				seen[s] = true
				*list = append(*list, s)
			}
		}
	}
	imports := p.pass.Pkg.Imports()
	sort.Slice(imports, func(i, j int) bool { return imports[i].Path() < imports[j].Path() })
	for _, imp := range imports {
		var iw wiring
		w.Mcerror = w.Mcerror || imp.Path() == mcerrorPath
		if isStd(imp.Path()) || !p.pass.ImportPackageFact(imp, &iw) {
			continue
		}
		if iw.raw != nil {
			iw.decode()
		}
		if iw.Version != factVersion {
			continue
		}
		pos := p.importPos(imp)
		for _, r := range iw.Roots {
			if !roots[r.id()] {
				roots[r.id()] = true
				w.Roots = append(w.Roots, r)
			}
		}
		for _, b := range iw.Binds {
			if have, ok := p.via[b]; !ok || pos < have {
				p.via[b] = pos
			}
		}
		for _, im := range iw.Impls {
			if k := [2]string{im.Key, im.Method}; !impls[k] {
				impls[k] = true
				w.Impls = append(w.Impls, im)
			}
		}
		unique(&w.Closed, iw.Closed)
		unique(&w.Duplicates, iw.Duplicates)
		w.readNames(&iw, seen)
		w.Registers = w.Registers || iw.Registers
		w.Mcerror = w.Mcerror || iw.Mcerror
	}
	for b := range p.via {
		w.Binds = append(w.Binds, b)
	}
	p.wiring = w
	w.sort()
}

func (w *wiring) sort() {
	sort.Slice(w.Roots, func(i, j int) bool { return w.Roots[i].id() < w.Roots[j].id() })
	sort.Slice(w.Binds, func(i, j int) bool {
		if w.Binds[i].From != w.Binds[j].From {
			return w.Binds[i].From < w.Binds[j].From
		}
		return w.Binds[i].To < w.Binds[j].To
	})
	sort.Slice(w.Impls, func(i, j int) bool {
		if w.Impls[i].Key != w.Impls[j].Key {
			return w.Impls[i].Key < w.Impls[j].Key
		}
		return w.Impls[i].Method < w.Impls[j].Method
	})
	sort.Strings(w.Closed)
	sort.Strings(w.Duplicates)
}

// importPos is where the package is first imported, in file order.
func (p *pkg) importPos(imp *types.Package) token.Pos {
	best := token.NoPos
	for _, f := range p.pass.Files {
		if strings.HasSuffix(p.pass.Fset.File(f.FileStart).Name(), "_test.go") {
			continue
		}
		for _, spec := range f.Imports {
			if name := p.info.PkgNameOf(spec); name != nil && name.Imported() == imp && (!best.IsValid() || spec.Pos() < best) {
				best = spec.Pos()
			}
		}
	}
	return best
}

// A start is an activity, a workflow or a handler that this package knows, with
// what it reaches.
type start struct {
	key, name string
	kind      RootKind
	node      *node     // if it is a function of this package
	pos, end  token.Pos // of the call that makes it one; invalid for those of imports
	strong    bool
	entries   []*entry
	// loops: it is known to be a workflow, whose loops count. continues: it continues
	// as new, or may do so behind a call that nothing here resolves.
	loops, continues bool
}

// id tells an activity and a workflow apart that are registered through one table.
func (s *start) id() string { return s.key + "#" + strconv.Itoa(int(s.kind)) }

func (r *root) id() string {
	kind := ActivityRoot
	if r.Workflow {
		kind = WorkflowRoot
	}
	return r.Key + "#" + strconv.Itoa(int(kind))
}

// role says what makes the root one, for people.
func (s *start) role() string {
	switch {
	case s.kind == HandlerRoot:
		return "handler of requests"
	case s.kind == WorkflowRoot && s.strong:
		return "workflow"
	case s.kind == WorkflowRoot:
		return "workflow code"
	case s.strong:
		return "activity"
	}
	return "activity, by its name or its use of package activity"
}

// close lets open calls meet bindings and exports the wiring.
func (p *pkg) close(files []*ast.File) {
	impls := p.ownBindings()
	starts := p.starts(files)
	c := &closer{
		p:      p,
		binds:  make(map[string][]bind),
		impls:  make(map[[2]string]*impl),
		closed: make(map[string]bool),
		found:  make(map[string]*found),
	}
	all := append([]bind{}, p.wiring.Binds...)
	for b := range p.binds {
		if _, ok := p.via[b]; !ok {
			all = append(all, b)
		}
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].From < all[j].From || all[i].From == all[j].From && all[i].To < all[j].To
	})
	for _, b := range all {
		c.binds[b.From] = append(c.binds[b.From], b)
		if base, _, ok := strings.Cut(b.From, "["); ok {
			c.binds[base] = append(c.binds[base], b) // an open call inside generic code
		}
	}
	for i := range p.wiring.Impls {
		im := &p.wiring.Impls[i]
		c.impls[[2]string{im.Key, im.Method}] = im
	}
	for i := range impls {
		im := &impls[i]
		c.impls[[2]string{im.Key, im.Method}] = im
	}
	for _, pair := range p.wiring.Closed {
		c.closed[pair] = true
	}
	p.closer = c
	isOwn := make(map[string]bool)
	for _, s := range starts {
		isOwn[s.id()] = true
		p.rolesOf[s.key] = append(p.rolesOf[s.key], s.role())
		c.run(s)
	}
	for i := range p.wiring.Roots {
		r := &p.wiring.Roots[i]
		s := &start{key: r.Key, name: r.Name}
		if r.Workflow {
			s.kind, s.loops = WorkflowRoot, true // what does not apply is masked
		}
		for k := range r.Opens {
			o := &r.Opens[k]
			s.entries = append(s.entries, &entry{open: o, id: o.id(), dist: len(o.Chain), chain: hopsOf(o.Chain), foreign: true})
		}
		if !isOwn[s.id()] {
			c.run(s)
		}
	}
	p.report(c)
	p.loopDials()
	p.exportWiring(c, starts, impls)
}

// ownBindings summarizes what this package binds.
func (p *pkg) ownBindings() []impl {
	have := make(map[[2]string]bool)
	for _, im := range p.wiring.Impls {
		have[[2]string{im.Key, im.Method}] = true
	}
	var impls []impl
	add := func(im impl) {
		k := [2]string{im.Key, im.Method}
		if !have[k] && len(im.Effects)+len(im.Opens) > 0 {
			have[k] = true
			impls = append(impls, im)
		}
	}
	if p.testing {
		p.binds, p.boundTo = nil, nil
	}
	named := make(map[token.Pos]*site) // the effects that are named and not called
	for _, s := range p.sites {
		if s.call == nil {
			named[s.pos] = s
		}
	}
	for _, b := range p.boundTo {
		switch {
		case b.iface != "":
			key := "c:" + b.iface + "." + b.method
			p.binds[bind{b.key, key}] = b.pos
			add(impl{Key: key, Opens: []open{{Key: b.iface, Method: b.method}}})
		case b.lit != nil:
			n := p.byLit[b.lit]
			if n == nil {
				continue
			}
			key := p.closureKey(n)
			p.binds[bind{b.key, key}] = b.pos
			im := impl{Key: key, Name: p.pass.Pkg.Name() + "." + n.owner, Workflow: n.sig != nil && sdk.IsWorkflowCode(n.sig)}
			im.Effects, im.Opens = exportable(n.order)
			add(im)
		case b.fn != nil && named[b.pos] != nil:
			s := named[b.pos]
			key := "c:" + s.effect.ID()
			p.binds[bind{b.key, key}] = b.pos
			add(impl{Key: key, Effects: []reached{{Effect: s.effect}}})
		case b.fn != nil:
			key := "c:" + funcKey(b.fn)
			p.binds[bind{b.key, key}] = b.pos
			im := impl{Key: key, Name: hop(b.fn), Workflow: sdk.IsWorkflowCode(b.fn.Signature())}
			im.Effects, im.Opens = p.reach(b.fn)
			if im.Workflow {
				more, _ := exportable(p.inputLoops(b.fn))
				im.Effects = append(im.Effects[:len(im.Effects):len(im.Effects)], more...)
			}
			add(im)
		}
	}
	// Types, in a fixed order.
	concrete := make(map[string]bool)
	var keys []string
	for b := range p.binds {
		if strings.HasPrefix(b.To, "t:") && !concrete[b.To] {
			concrete[b.To] = true
			keys = append(keys, b.To)
		}
	}
	sort.Strings(keys)
	for _, key := range keys {
		for _, im := range p.methodImpls(key) {
			add(im)
		}
	}
	return impls
}

// reach is what a function does, of this package or another.
func (p *pkg) reach(fn *types.Func) ([]reached, []open) {
	if n := p.byFn[fn]; n != nil {
		return exportable(n.order)
	}
	if fn.Pkg() == p.pass.Pkg {
		return nil, nil
	}
	f := p.factOf(fn)
	return f.Effects, f.Opens
}

// methodImpls summarizes the methods of a bound type. A method promoted from an
// embedded interface is an open call of its own.
func (p *pkg) methodImpls(key string) []impl {
	path, name, ok := cutLast(key[2:], ".")
	if !ok {
		return nil
	}
	pkg := p.find(path)
	if pkg == nil {
		return nil
	}
	var all []impl
	obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return p.localType(key)
	}
	set := types.NewMethodSet(types.NewPointer(obj.Type()))
	for i := range set.Len() {
		s := set.At(i)
		fn, ok := s.Obj().(*types.Func)
		if !ok {
			continue
		}
		im := impl{Key: key, Method: fn.Name(), Name: obj.Pkg().Name() + "." + name + "." + fn.Name()}
		if recv := receiver(s); types.IsInterface(recv) {
			if ik := ifaceKey(recv); ik != "" {
				im.Opens = []open{{Key: ik, Method: fn.Name()}}
				im.Name = ""
			}
		} else {
			im.Effects, im.Opens = p.reach(fn.Origin())
			im.Name = hop(fn)
		}
		if len(im.Effects)+len(im.Opens) > 0 {
			all = append(all, im)
		}
	}
	return all
}

// localType handles a type declared inside a function: it has no methods of its
// own, only promoted ones, and those bind through the embedded value.
func (p *pkg) localType(string) []impl { return nil }

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// find returns a package among this one and all it imports.
func (p *pkg) find(path string) *types.Package {
	if pkgPath(p.pass.Pkg) == path {
		return p.pass.Pkg
	}
	seen := make(map[*types.Package]bool)
	var search func(pkg *types.Package) *types.Package
	search = func(pkg *types.Package) *types.Package {
		for _, imp := range pkg.Imports() {
			if seen[imp] || isStd(imp.Path()) {
				continue
			}
			seen[imp] = true
			if pkgPath(imp) == path {
				return imp
			}
			if found := search(imp); found != nil {
				return found
			}
		}
		return nil
	}
	return search(p.pass.Pkg)
}

// starts collects the roots of this package.
func (p *pkg) starts(files []*ast.File) []*start {
	if p.testing {
		return nil
	}
	var all []*start
	byKey := make(map[string]bool)
	add := func(s *start) {
		if !byKey[s.id()] {
			byKey[s.id()] = true
			all = append(all, s)
		}
	}
	registers := false
	for _, u := range p.finder.Uses {
		kind := ActivityRoot
		if !u.Kind.Activity() {
			kind = WorkflowRoot
		}
		if u.Kind == sdk.Mock {
			continue
		}
		registers = registers || kind == ActivityRoot
		if s := p.startOf(u, kind); s != nil {
			s.loops = kind == WorkflowRoot && u.Kind != sdk.Handle
			add(s)
		}
	}
	// A table pairs a name with a function, for a registration elsewhere.
	tabled := p.finder.Tabled
	for i := range p.finder.Names {
		tabled = append(tabled[:len(tabled):len(tabled)], p.finder.Names[i].Fn)
	}
	for _, fn := range tabled {
		if fn != nil && p.byFn[fn] != nil && sdk.IsWorkflowCode(fn.Signature()) {
			s := p.functionStart(fn, WorkflowRoot)
			s.loops = true
			add(s)
		}
	}
	for _, fn := range p.finder.Marked(files) {
		add(p.functionStart(fn, ActivityRoot))
	}
	if !registers && !p.wiring.Registers {
		for _, fn := range p.finder.Weak(files) {
			add(p.functionStart(fn, ActivityRoot))
		}
	}
	called := p.called()
	for _, n := range p.nodes {
		switch {
		case n.sig == nil:
		case sdk.IsWorkflowCode(n.sig) && n.fn != nil:
			s := p.functionStart(n.fn, WorkflowRoot)
			s.loops = namedWorkflow(n.fn) && !called[n]
			if !s.loops {
				s.entries = closedOnly(n.order)
			}
			add(s)
		case p.isHandler(n):
			name := p.handlerName(n)
			at := p.pass.Fset.Position(n.body.Pos())
			key := name + "@" + strconv.Itoa(at.Line) + ":" + strconv.Itoa(at.Column)
			add(&start{key: key, name: name, kind: HandlerRoot, node: n, entries: closedOnly(n.order)})
		}
	}
	p.wiring.Registers = p.wiring.Registers || registers
	for _, s := range all {
		if s.loops && s.node != nil {
			s.entries = append(s.entries[:len(s.entries):len(s.entries)], p.sum(s)...)
		}
	}
	return all
}

// closedOnly leaves the open calls of helpers alone: only what is registered is
// followed through interfaces.
func closedOnly(order []*entry) []*entry {
	var effects []*entry
	for _, e := range order {
		if e.effect != nil {
			effects = append(effects, e)
		}
	}
	return effects
}

func (p *pkg) functionStart(fn *types.Func, kind RootKind) *start {
	s := &start{key: "c:" + funcKey(fn), name: hop(fn), kind: kind}
	if n := p.byFn[fn]; n != nil {
		s.node, s.entries = n, n.order
		if kind == WorkflowRoot {
			s.entries = append(s.entries[:len(s.entries):len(s.entries)], p.inputLoops(fn)...)
		}
	}
	return s
}

func (p *pkg) closureKey(n *node) string {
	return "c:" + pkgPath(p.pass.Pkg) + "." + n.owner + p.literalPlace(n.lit)
}

// literalPlace names a function literal by its place: a line may have several.
func (p *pkg) literalPlace(lit *ast.FuncLit) string {
	at := p.pass.Fset.Position(lit.Pos())
	return "@" + filepath.Base(at.Filename) + ":" + strconv.Itoa(at.Line) + ":" + strconv.Itoa(at.Column)
}

// startOf turns a use into a root.
func (p *pkg) startOf(u roles.Use, kind RootKind) *start {
	pos, end := u.Node.Pos(), u.Node.End()
	t := u.Target
	switch {
	case t.Lit != nil:
		n := p.byLit[t.Lit]
		if n == nil {
			return nil
		}
		return &start{
			key:  p.closureKey(n),
			name: p.pass.Pkg.Name() + "." + n.owner, kind: kind, node: n, pos: pos, end: end, strong: true, entries: n.order,
		}
	case t.Key != "":
		o := &open{Key: t.Key}
		return &start{key: t.Key, kind: kind, pos: pos, end: end, strong: true, entries: []*entry{{open: o, id: o.id(), foreign: true}}}
	case t.Fn != nil:
		s := p.functionStart(t.Fn, kind)
		s.pos, s.end, s.strong = pos, end, true
		if s.node != nil {
			return s
		}
		if recv := t.Fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			if key := ifaceKey(recv.Type()); key != "" {
				o := &open{Key: key, Method: t.Fn.Name()}
				s.entries = []*entry{{open: o, id: o.id(), foreign: true}}
			}
			return s
		}
		fact := p.factOf(t.Fn)
		for i := range fact.Effects {
			r := &fact.Effects[i]
			s.entries = append(s.entries, &entry{effect: &r.Effect, id: r.Effect.ID(), dist: len(r.Chain), chain: hopsOf(r.Chain), foreign: true})
		}
		for i := range fact.Opens {
			o := &fact.Opens[i]
			s.entries = append(s.entries, &entry{open: o, id: o.id(), dist: len(o.Chain), chain: hopsOf(o.Chain), foreign: true})
		}
		if kind == WorkflowRoot {
			s.entries = append(s.entries, p.inputLoops(t.Fn)...)
		}
		return s
	}
	return nil
}

// A closer resolves the open calls of roots.
type closer struct {
	p      *pkg
	binds  map[string][]bind
	impls  map[[2]string]*impl
	closed map[string]bool
	pairs  []string // closed here
	found  map[string]*found
	order  []*found
}

// found is an effect with the roots that reach it.
type found struct {
	effect *Effect
	best   candidate
	roots  map[string]bool
}

type candidate struct {
	start *start
	root  string // the activity's key; not the start's if that is a place that holds functions
	hops  []string
	entry *entry // the way out of this package, if the root is in it
	binds []bind // what resolved it
}

// applies reports whether a kind of effect matters to a root.
func applies(s *start, kind Kind, continues bool) bool {
	switch kind {
	case Insert, Count, Exit, Retry:
		return s.kind == ActivityRoot
	case Dial:
		return true
	case Loop:
		return s.loops && !continues
	case Over:
		return s.loops
	}
	return false
}

// step is an open call on the way, with what led to it.
type openStep struct {
	o     *open
	hops  []string
	binds []bind
	entry *entry
	root  string // of the activity, once known
	name  string
	// continues: what is behind it belongs to a workflow that continues as new.
	continues bool
}

// run closes what one root reaches.
func (c *closer) run(s *start) {
	if s.loops && s.name != "" {
		s.continues = c.continues(split(s.entries))
	}
	var queue []openStep
	for _, e := range s.entries {
		hops := append([]string{s.name}, e.chain.list()...)
		if s.name == "" {
			hops = nil
		}
		if e.effect != nil {
			c.close(s, s.key, e.effect, hops, e, nil, s.continues)
			continue
		}
		queue = append(queue, openStep{o: e.open, hops: hops, entry: e, root: s.key, name: s.name, continues: s.continues})
	}
	sort.SliceStable(queue, func(i, j int) bool { return len(queue[i].hops) < len(queue[j].hops) })
	visited := make(map[string]bool)
	for len(queue) > 0 && len(visited) < 2000 {
		st := queue[0]
		queue = queue[1:]
		key := st.o.id()
		if st.name == "" {
			key += "|" + st.root
		}
		if visited[key] {
			continue
		}
		visited[key] = true
		for _, r := range c.resolve(st.o) {
			im := r.impl
			next := st
			next.hops = st.hops[:len(st.hops):len(st.hops)]
			if im.Name != "" {
				next.hops = append(next.hops, im.Name)
			}
			next.binds = append(st.binds[:len(st.binds):len(st.binds)], r.binds...)
			if st.name == "" && im.Name != "" {
				// The root is a place that holds functions; this is the function.
				if im.Workflow != (s.kind == WorkflowRoot) {
					continue
				}
				next.root, next.name = im.Key, im.Name
				next.continues = s.loops && c.implContinues(im)
			}
			for i := range im.Effects {
				e := &im.Effects[i]
				if e.Effect.Kind&st.o.Mask == 0 {
					c.close(s, next.root, &e.Effect, append(next.hops[:len(next.hops):len(next.hops)], e.Chain...), st.entry, next.binds, next.continues)
				}
			}
			for i := range im.Opens {
				o := im.Opens[i]
				o.Mask |= st.o.Mask
				if o.Mask != allKinds {
					more := next
					more.o = &o
					more.hops = append(next.hops[:len(next.hops):len(next.hops)], o.Chain...)
					queue = append(queue, more)
				}
			}
		}
	}
}

type resolved struct {
	impl  *impl
	binds []bind
}

// resolve returns what an open call may run.
func (c *closer) resolve(o *open) []resolved {
	var all []resolved
	seen := make(map[string]bool)
	var visit func(key string, binds []bind)
	visit = func(key string, binds []bind) {
		if seen[key] || len(seen) > 200 {
			return
		}
		seen[key] = true
		list := c.binds[key]
		if base, _, ok := strings.Cut(key, "["); ok && len(list) == 0 {
			list = c.binds[base]
		}
		for _, b := range list {
			path := append(binds[:len(binds):len(binds)], b)
			if im := c.impls[[2]string{b.To, o.Method}]; im != nil {
				all = append(all, resolved{im, path})
				continue
			}
			switch b.To[0] {
			case 'i', 'v', 'f', 'r':
				visit(b.To, path)
			}
		}
	}
	visit(o.Key, nil)
	return all
}

// close notes that a root reaches an effect.
func (c *closer) close(s *start, rootKey string, e *Effect, hops []string, en *entry, binds []bind, continues bool) {
	if !applies(s, e.Kind, continues) {
		return
	}
	pair := rootKey + "|" + e.ID()
	if c.closed[pair] {
		return
	}
	id := e.ID()
	f := c.found[id]
	if f == nil {
		f = &found{effect: e, roots: make(map[string]bool)}
		c.found[id] = f
		c.order = append(c.order, f)
	}
	if !f.roots[rootKey] {
		f.roots[rootKey] = true
		c.pairs = append(c.pairs, pair)
	}
	cand := candidate{s, rootKey, hops, en, binds}
	if f.best.start == nil || better(cand, f.best) {
		f.best = cand
	}
}

// better prefers activities, then short chains, then those that start here.
func better(a, b candidate) bool {
	if a.start.kind != b.start.kind {
		return a.start.kind < b.start.kind
	}
	if len(a.hops) != len(b.hops) {
		return len(a.hops) < len(b.hops)
	}
	return (a.start.node != nil) && (b.start.node == nil)
}

// report turns what was found into chains with a place.
func (p *pkg) report(c *closer) {
	for _, f := range c.order {
		b := f.best
		if n := p.nodeOf(b.root); n != nil && b.start.node == nil {
			// Registered through a list or a table; the function itself is here.
			s := *b.start
			s.node = n
			b.start, b.entry = &s, n.entries[f.effect.ID()]
		}
		ch := Chain{Kind: f.effect.Kind, Effect: f.effect, Hops: Display(cut(b.hops)), Roots: len(f.roots), Root: b.start.kind}
		own := p.sites[f.effect.ID()]
		if f.effect.Pkg != pkgPath(p.pass.Pkg) {
			own = nil
		}
		if own != nil {
			ch.Call, ch.Inner = own.call, own.inner
		}
		switch {
		case b.start.node != nil && own != nil && !p.generatedAt(own.pos):
			ch.Pos, ch.End, ch.Here, ch.Literal = own.pos, own.end, true, own.literal
		case b.start.node != nil && b.entry != nil && b.entry.exit.IsValid() && !p.generatedAt(b.entry.exit):
			ch.Pos, ch.End = b.entry.exit, b.entry.exitEnd
		case b.start.pos.IsValid():
			ch.Pos, ch.End = b.start.pos, b.start.end
		default:
			ch.Pos, ch.End = p.bindingPos(b)
		}
		if !ch.Pos.IsValid() || p.generatedAt(ch.Pos) {
			continue
		}
		if own != nil {
			ch.Related = own.pos
		} else {
			ch.Related = p.effectPos(f.effect)
		}
		p.chains = append(p.chains, ch)
	}
	sort.SliceStable(p.chains, func(i, j int) bool { return p.chains[i].Pos < p.chains[j].Pos })
}

// nodeOf returns the function of this package with a key, or nil.
func (p *pkg) nodeOf(key string) *node {
	for _, b := range p.boundTo {
		if b.fn != nil && "c:"+funcKey(b.fn) == key {
			return p.byFn[b.fn]
		}
	}
	return nil
}

// bindingPos is the conversion of this package that completes a chain, else the
// import that brings it.
func (p *pkg) bindingPos(b candidate) (pos, end token.Pos) {
	for _, bd := range b.binds {
		if at, ok := p.binds[bd]; ok && !p.generatedAt(at) {
			if _, imported := p.via[bd]; !imported {
				return at, at
			}
		}
	}
	for _, bd := range b.binds {
		if at, ok := p.via[bd]; ok && at.IsValid() && (!pos.IsValid() || at < pos) {
			pos = at
		}
	}
	if !pos.IsValid() && len(p.pass.Files) > 0 {
		pos = p.pass.Files[0].Name.Pos()
	}
	return pos, pos
}

// effectPos finds where an effect of another package stands, if the function that
// contains it is loaded: export data knows the file and line of every function.
func (p *pkg) effectPos(e *Effect) token.Pos {
	pkg := p.find(e.Pkg)
	if pkg == nil {
		return token.NoPos
	}
	typeName, method, isMethod := strings.Cut(e.Owner, ".")
	obj := pkg.Scope().Lookup(typeName)
	if obj == nil {
		return token.NoPos
	}
	if isMethod {
		m, _, _ := types.LookupFieldOrMethod(types.NewPointer(obj.Type()), true, pkg, method)
		if m == nil {
			return token.NoPos
		}
		obj = m
	}
	file := p.pass.Fset.File(obj.Pos())
	if file == nil || filepath.Base(file.Name()) != e.File || e.Line > file.LineCount() {
		return token.NoPos
	}
	pos := file.LineStart(e.Line)
	if col := token.Pos(e.Col - 1); pos+col < token.Pos(file.Base()+file.Size()) && p.pass.Fset.Position(pos+col).Line == e.Line {
		pos += col
	}
	return pos
}

// exportWiring writes what importers still need.
func (p *pkg) exportWiring(c *closer, starts []*start, impls []impl) {
	w := &wiring{Version: factVersion, Registers: p.wiring.Registers, Mcerror: p.wiring.Mcerror}
	w.Impls = append(append(w.Impls, p.wiring.Impls...), impls...)
	useful := make(map[string]bool)
	for _, im := range w.Impls {
		useful[im.Key] = true
	}
	w.Binds = append(w.Binds, p.wiring.Binds...)
	for b := range p.binds {
		if _, ok := p.via[b]; !ok && (useful[b.To] || b.To[0] != 't' && b.To[0] != 'c') {
			w.Binds = append(w.Binds, b)
		}
	}
	w.Roots = append(w.Roots, p.wiring.Roots...)
	have := make(map[string]bool)
	for _, r := range w.Roots {
		have[r.id()] = true
	}
	for _, s := range starts {
		if have[s.id()] || s.kind == HandlerRoot {
			continue
		}
		var notSeen Kind // loops that importers must not count
		switch {
		case s.kind == WorkflowRoot && !s.loops:
			notSeen = Loop | Over
		case s.continues:
			notSeen = Loop
		}
		var opens []*entry
		for _, e := range s.entries {
			if e.open != nil {
				o := *e.open
				o.Mask |= notSeen
				opens = append(opens, &entry{open: &o, id: o.id(), dist: e.dist, chain: e.chain})
			}
		}
		if len(opens) == 0 {
			continue
		}
		have[s.id()] = true
		r := root{Key: s.key, Name: s.name, Workflow: s.kind == WorkflowRoot}
		_, r.Opens = exportable(opens)
		w.Roots = append(w.Roots, r)
	}
	w.Closed = append(append(w.Closed, p.wiring.Closed...), c.pairs...)
	w.Duplicates = append(append(w.Duplicates, p.wiring.Duplicates...), p.dups.sentinels...)
	p.exportNames(w)
	w.sort()
	p.pass.ExportPackageFact(w)
}
