package callgraph

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/codec"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// readImports merges the wiring of the direct imports; each carries its own
// imports' wiring.
func (p *Package) readImports() {
	w := &facts.Package{Version: facts.Version()}
	p.wiring = w
	newRoot, newImpl, newPair := keys.Unseen[string](), keys.Unseen[facts.ImplID](), keys.Unseen[string]()
	// Have: the package's own list, which other analyzers read at the same time, keeps its order.
	byPath := func(a, b *types.Package) int { return strings.Compare(a.Path(), b.Path()) }
	for _, imp := range slices.SortedFunc(slices.Values(p.Pass.Pkg.Imports()), byPath) {
		var iw facts.Package
		if keys.IsStd(imp.Path()) || !p.Pass.ImportPackageFact(imp, &iw) {
			continue
		}
		iw.Load()
		p.importCarried(imp, &iw)
		for _, r := range iw.Roots {
			if newRoot(r.ID()) {
				w.Roots = append(w.Roots, r)
			}
		}
		p.importBinds(iw.Binds, p.ImportPos(imp))
		for _, im := range iw.Impls {
			if newImpl(im.ID()) {
				w.Impls = append(w.Impls, im)
			}
		}
		for _, pair := range iw.Closed {
			if newPair(pair) {
				w.Closed = append(w.Closed, pair)
			}
		}
	}
	for b := range p.via {
		w.Binds = append(w.Binds, b)
	}
	w.Sort()
}

// importBinds notes the first import that brings each binding.
func (p *Package) importBinds(binds []bindings.Bind, pos token.Pos) {
	for _, b := range binds {
		if have, ok := p.via[b]; !ok || pos < have {
			p.via[b] = pos
		}
	}
}

// importCarried gives the domains what the wiring of an import carries for them.
func (p *Package) importCarried(imp *types.Package, w *facts.Package) {
	for _, d := range p.domains {
		if d.hooks.Import != nil {
			d.hooks.Import(imp, &w.Carrier)
		}
	}
}

// ImportPos is where the package is first imported, in file order.
func (p *Package) ImportPos(imp *types.Package) token.Pos {
	best := token.NoPos
	for _, f := range p.Pass.Files {
		if strings.HasSuffix(p.Pass.Fset.File(f.FileStart).Name(), "_test.go") {
			continue
		}
		for _, spec := range f.Imports {
			if name := p.Info.PkgNameOf(spec); name != nil && name.Imported() == imp && (!best.IsValid() || spec.Pos() < best) {
				best = spec.Pos()
			}
		}
	}
	return best
}

// ownImpls summarizes what this package binds.
func (p *Package) ownImpls() []facts.Impl {
	isNew := keys.Unseen[facts.ImplID]()
	for _, im := range p.wiring.Impls {
		isNew(im.ID())
	}
	var impls []facts.Impl
	add := func(im facts.Impl) {
		if !im.IsEmpty() && isNew(im.ID()) {
			impls = append(impls, im)
		}
	}
	if p.Testing {
		p.flow.Binds, p.flow.Bound = nil, nil
	}
	named := make(map[token.Pos][]facts.Reached) // the effects that are named and not called
	for _, s := range p.sites {
		if s.Call == nil {
			named[s.Pos] = append(named[s.Pos], facts.Reached{Effect: s.Effect})
		}
	}
	for _, b := range p.flow.Bound {
		if im, ok := p.boundImpl(b, named); ok {
			p.flow.Binds[bindings.Bind{From: b.Key, To: im.Key}] = b.Pos
			add(im)
		}
	}
	// Types, in a fixed order.
	concrete := make(map[string]bool)
	var types []string
	for b := range p.flow.Binds {
		if strings.HasPrefix(b.To, "t:") && !concrete[b.To] {
			concrete[b.To] = true
			types = append(types, b.To)
		}
	}
	slices.Sort(types)
	for _, key := range types {
		for _, im := range p.methodImpls(key) {
			add(im)
		}
	}
	return impls
}

// boundImpl is what a function value does.
func (p *Package) boundImpl(b bindings.Func, named map[token.Pos][]facts.Reached) (facts.Impl, bool) {
	switch {
	case b.Iface != "":
		return facts.Impl{Key: "c:" + b.Iface + "." + b.Method, Opens: []facts.Open{{Key: b.Iface, Method: b.Method}}}, true
	case b.Lit != nil:
		n := p.byLit[b.Lit]
		if n == nil {
			return facts.Impl{}, false
		}
		im := facts.Impl{Key: p.closureKey(n), Name: p.Pass.Pkg.Name() + "." + n.Owner, Kind: int(p.kindOf(n.Sig)), Suits: p.suits(nil, n)}
		im.Effects, im.Opens = exportable(n.order)
		return im, true
	case b.Fn != nil && named[b.Pos] != nil:
		effects := named[b.Pos]
		slices.SortFunc(effects, func(a, b facts.Reached) int { return strings.Compare(a.Effect.ID(), b.Effect.ID()) })
		return facts.Impl{Key: "c:" + effects[0].Effect.ID(), Effects: effects}, true
	case b.Fn != nil:
		im := facts.Impl{Key: "c:" + keys.Func(b.Fn), Name: keys.Hop(b.Fn), Kind: int(p.kindOf(b.Fn.Signature())), Suits: p.suits(b.Fn, p.byFn[b.Fn])}
		im.Effects, im.Opens = p.reach(b.Fn)
		more, _ := exportable(p.inherent(b.Fn, facts.RootKind(im.Kind)))
		im.Effects = append(im.Effects[:len(im.Effects):len(im.Effects)], more...)
		return im, true
	}
	return facts.Impl{}, false
}

// kindOf is what kind of root a function can be.
func (p *Package) kindOf(sig *types.Signature) facts.RootKind {
	for _, d := range p.domains {
		if sig != nil && d.hooks.RootKind != nil {
			return d.hooks.RootKind(sig)
		}
	}
	return facts.ActivityRoot
}

// suits are the kinds for which a function is meant.
func (p *Package) suits(fn *types.Func, n *Node) (kinds facts.Kind) {
	for _, d := range p.domains {
		if d.hooks.Suits != nil {
			kinds |= d.hooks.Suits(fn, n)
		}
	}
	return kinds
}

// reach is what a function does, of this package or another.
func (p *Package) reach(fn *types.Func) ([]facts.Reached, []facts.Open) {
	if n := p.byFn[fn]; n != nil {
		return exportable(n.others())
	}
	if fn.Pkg() == p.Pass.Pkg {
		return nil, nil
	}
	f := p.factOf(fn)
	return f.Effects, f.Opens
}

// methodImpls summarizes the methods of a bound type. A method promoted from an
// embedded interface is an open call of its own. A type that is declared inside a
// function has no methods but promoted ones, and those bind through the embedded value.
func (p *Package) methodImpls(key string) []facts.Impl {
	obj, ok := keys.FindObject(p.Pass.Pkg, key[len("t:"):]).(*types.TypeName)
	if !ok {
		return nil
	}
	var all []facts.Impl
	set := types.NewMethodSet(types.NewPointer(obj.Type()))
	for s := range set.Methods() {
		fn, ok := s.Obj().(*types.Func)
		if !ok {
			continue
		}
		im := facts.Impl{Key: key, Method: fn.Name(), Name: obj.Pkg().Name() + "." + obj.Name() + "." + fn.Name()}
		if recv := syntax.Receiver(s); types.IsInterface(recv) {
			if ik := p.promotedKey(s, recv); ik != "" {
				im.Opens = []facts.Open{{Key: ik, Method: fn.Name()}}
				im.Name = ""
			}
		} else {
			im.Effects, im.Opens = p.reach(fn.Origin())
			im.Name, im.Suits = keys.Hop(fn), p.suits(fn.Origin(), p.byFn[fn.Origin()])
			im.Stores, im.Starts = p.storedArguments(fn.Origin()), p.starts(fn.Origin())
		}
		if !im.IsEmpty() {
			all = append(all, im)
		}
	}
	return all
}

// wiringOf is what importers still need.
func (p *Package) wiringOf(c *closer, roots []*Root, impls []facts.Impl) *facts.Package {
	w := &facts.Package{Version: facts.Version()}
	w.Impls = append(append(w.Impls, p.wiring.Impls...), impls...)
	useful := make(map[string]bool)
	for _, im := range w.Impls {
		useful[im.Key] = true
	}
	for _, key := range p.kept {
		useful[key] = true
	}
	w.Binds = append(w.Binds, p.wiring.Binds...)
	isNew := keys.Unseen[bindings.Bind]()
	for b := range p.flow.Binds {
		if b.To[0] == 't' && b.From[0] == 'f' && !useful[b.To] {
			b.To = bindings.Unfollowed // it is assigned all the same
		}
		if _, ok := p.via[b]; !ok && isNew(b) && (useful[b.To] || b.To == bindings.Unfollowed || b.To[0] != 't' && b.To[0] != 'c') {
			w.Binds = append(w.Binds, b)
		}
	}
	w.Roots = append(w.Roots, p.wiring.Roots...)
	have := make(map[string]bool)
	for _, r := range w.Roots {
		have[r.ID()] = true
	}
	for _, r := range roots {
		if have[r.id()] || r.Kind == facts.HandlerRoot {
			continue
		}
		if opens := r.openCalls(); len(opens) > 0 {
			have[r.id()] = true
			w.Roots = append(w.Roots, facts.Root{Key: r.key, Name: r.name, Kind: int(r.Kind), Opens: opens})
		}
	}
	w.Closed = append(append(w.Closed, p.wiring.Closed...), c.pairs...)
	return w
}

// openCalls are the open calls of a root, with the kinds hidden that do not matter to it.
func (r *Root) openCalls() []facts.Open {
	var opens []*Entry
	for _, e := range r.entries {
		if e.Effect == nil {
			o := *e.open
			o.Mask |= r.mask
			opens = append(opens, &Entry{open: &o, id: o.ID(), Dist: e.Dist, chain: e.chain})
		}
	}
	_, list := exportable(opens)
	return list
}

func (p *Package) exportWiring(w *facts.Package) {
	w.Sections = nil
	for _, d := range p.domains {
		if d.hooks.Wiring == nil {
			continue
		}
		if v := d.hooks.Wiring(); v != nil {
			w.Sections = append(w.Sections, codec.Section{Name: d.Name, Version: d.Version, Value: v})
		}
	}
	w.Sort()
	p.Pass.ExportPackageFact(w)
}
