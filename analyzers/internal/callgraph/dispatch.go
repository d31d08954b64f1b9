package callgraph

import (
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// dispatch narrows the calls of interfaces' methods by what they are called on: what a local
// variable is assigned is known, and of a field, which place holds the value.
func (p *Package) dispatch() {
	for _, n := range p.Nodes {
		opens := n.Opens
		n.Opens = nil
		for _, o := range opens {
			sources, ok := []bindings.Source(nil), false
			if o.on != nil {
				sources, ok = p.flow.Receiver(o.on)
			}
			if !ok {
				n.Opens = append(n.Opens, o)
				continue
			}
			for _, s := range sources {
				p.dispatchTo(n, o, s)
			}
		}
	}
}

func (p *Package) dispatchTo(n *Node, o OpenCall, s bindings.Source) {
	if s.Type == nil {
		o.key = s.Key
		n.Opens = append(n.Opens, o)
		return
	}
	m := types.NewMethodSet(s.Type).Lookup(o.ref.Fn.Pkg(), o.method)
	if m == nil {
		m = types.NewMethodSet(types.NewPointer(s.Type)).Lookup(o.ref.Fn.Pkg(), o.method)
	}
	if m == nil {
		return
	}
	if recv := syntax.Receiver(m); types.IsInterface(recv) {
		if o.key = p.promotedKey(m, recv); o.key != "" {
			n.Opens = append(n.Opens, o)
		}
		return
	}
	if fn, ok := m.Obj().(*types.Func); ok {
		ref := *o.ref
		ref.Fn = fn.Origin()
		for _, sink := range p.sinks {
			if fn.Pkg() != nil && sink(n, &ref) {
				return
			}
		}
		p.static(n, ref.Fn, &ref)
	}
}

// promotedKey names what the method of an embedded interface runs.
func (p *Package) promotedKey(m *types.Selection, recv types.Type) string {
	if key, ok := p.flow.Promoted(m); ok {
		return key
	}
	return keys.Interface(recv)
}

// importedResults is what the first result of another package's function may be.
func (p *Package) importedResults(fn *types.Func) ([]bindings.Source, bool) {
	var sources []bindings.Source
	list := p.factOf(fn).Results
	for _, key := range list {
		i := strings.LastIndexByte(key, '.')
		pkg := p.Find(key[2:i])
		if pkg == nil {
			return nil, false
		}
		obj, ok := pkg.Scope().Lookup(key[i+1:]).(*types.TypeName)
		if !ok {
			return nil, false
		}
		sources = append(sources, bindings.Source{Type: types.NewPointer(obj.Type())})
	}
	return sources, len(list) > 0
}

// forward lets what an interface's method is given flow into what its implementations do with
// it: they store it, or it makes it a root. Implementations may be bound in one package and
// called in another.
func (p *Package) forward() {
	if p.Testing {
		return
	}
	binds := make(map[string][]string)
	var arguments []string
	add := func(b bindings.Bind) {
		if b.From[0] == 'a' && len(binds[b.From]) == 0 {
			arguments = append(arguments, b.From)
		}
		binds[b.From] = append(binds[b.From], b.To)
	}
	for _, b := range p.wiring.Binds {
		add(b)
	}
	for b := range p.flow.Binds {
		add(b)
	}
	for _, b := range p.flow.Bound {
		if b.Key[0] == 'a' {
			add(bindings.Bind{From: b.Key, To: "c:"})
		}
	}
	sort.Strings(arguments)
	for i := 0; i < len(arguments) && i < maxVisited; i++ { // it grows
		iface, method, param, ok := keys.CutArgument(arguments[i])
		if !ok {
			continue
		}
		for _, fn := range p.implementations(binds, iface, method) {
			for _, s := range p.storesOf(fn) {
				if b := (bindings.Bind{From: s.Key, To: arguments[i]}); s.Param == param && s.Iface == "" && s.Key != arguments[i] {
					if _, have := p.flow.Binds[b]; !have {
						p.flow.Binds[b] = token.NoPos
						add(b)
					}
				}
			}
			for _, d := range p.domains {
				if d.hooks.Forwarded != nil {
					d.hooks.Forwarded(fn, param, arguments[i])
				}
			}
		}
	}
}

// handsOn reports whether a method of the type with a key does something with what it is given
// that callers through an interface must know.
func (p *Package) handsOn(key string) bool {
	i := strings.LastIndexByte(key, '.')
	pkg := p.Find(key[2:i])
	if pkg == nil {
		return false
	}
	obj, ok := pkg.Scope().Lookup(key[i+1:]).(*types.TypeName)
	if !ok {
		return false
	}
	for m := range types.NewMethodSet(types.NewPointer(obj.Type())).Methods() {
		fn := m.Obj().(*types.Func).Origin()
		if slices.ContainsFunc(p.storesOf(fn), func(s bindings.Store) bool { return s.Iface == "" }) {
			return true
		}
		for _, d := range p.domains {
			if d.hooks.Forwards != nil && d.hooks.Forwards(fn) {
				return true
			}
		}
	}
	return false
}

func (p *Package) storesOf(fn *types.Func) []bindings.Store {
	if fn.Pkg() == p.Pass.Pkg {
		return p.flow.Stores[fn]
	}
	return p.factOf(fn).Stores
}

// implementations are the methods of the types that flow into an interface.
func (p *Package) implementations(binds map[string][]string, iface, method string) []*types.Func {
	var all []*types.Func
	seen := make(map[string]bool)
	var visit func(key string)
	visit = func(key string) {
		for _, to := range binds[key] {
			if seen[to] {
				continue
			}
			seen[to] = true
			switch to[0] {
			case 'i':
				visit(to)
			case 't':
				if fn := p.FindFunc("c:" + to[2:] + "." + method); fn != nil {
					all = append(all, fn.Origin())
				}
			}
		}
	}
	visit(iface)
	return all
}
