package callgraph

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
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
			suits, any := p.suitedBy(o, sources)
			for i, s := range sources {
				to := o
				to.Mask |= any &^ suits[i]
				p.dispatchTo(n, to, s)
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
	m := method(o, s)
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
		ref.Fn, ref.Mask = fn.Origin(), o.Mask
		if fn.Pkg() != nil && p.isSink(n, &ref) {
			return
		}
		p.static(n, ref.Fn, &ref)
	}
}

// method is the method of a known type that an open call runs, or nil.
func method(o OpenCall, s bindings.Source) *types.Selection {
	m := types.NewMethodSet(s.Type).Lookup(o.ref.Fn.Pkg(), o.method)
	if m == nil {
		m = types.NewMethodSet(types.NewPointer(s.Type)).Lookup(o.ref.Fn.Pkg(), o.method)
	}
	return m
}

// suitedBy are the kinds for which the method of each known type is meant, and those of all. One
// that stands alone is meant in any case.
func (p *Package) suitedBy(o OpenCall, sources []bindings.Source) (suits []facts.Kind, any facts.Kind) {
	suits = make([]facts.Kind, len(sources))
	for i, s := range sources {
		if s.Type == nil || len(sources) == 1 {
			continue
		}
		if m := method(o, s); m != nil {
			fn := m.Obj().(*types.Func).Origin()
			suits[i] = p.suits(fn, p.byFn[fn])
			any |= suits[i]
		}
	}
	return suits, any
}

// promotedKey names what the method of an embedded interface runs.
func (p *Package) promotedKey(m *types.Selection, recv types.Type) string {
	if key, ok := p.flow.Promoted(m); ok {
		return key
	}
	return keys.Interface(recv)
}

// importedResults is what the first result of another package's function may be. Compiled export
// data does not have the types if they are not exported, so they are named by key.
func (p *Package) importedResults(fn *types.Func) ([]bindings.Source, bool) {
	var sources []bindings.Source
	for _, key := range p.factOf(fn).Results {
		sources = append(sources, bindings.Source{Key: key})
	}
	return sources, len(sources) > 0
}

// forward lets what an interface's method is given flow into what its implementations do with
// it: they store it, or it becomes a root. Implementations may be bound in one package and
// called in another.
func (p *Package) forward(c *closer) {
	arguments := c.Arguments()
	for i := 0; i < len(arguments) && i < maxVisited; i++ { // it grows
		key := arguments[i]
		iface, method, param, _ := keys.CutArgument(key)
		for _, r := range c.Resolve(&facts.Open{Key: iface, Method: method}) {
			arguments = append(arguments, p.store(c, r.Impl.Stores, param, key)...)
			for _, s := range r.Impl.Starts {
				if s.Param == param {
					root := p.PlaceRoot(key, facts.RootKind(s.Kind))
					root.Strong = true
					p.handed = append(p.handed, root)
				}
			}
		}
	}
}

// store binds what an implementation does with a parameter to the argument's key. It returns the
// arguments of other interfaces that this makes known.
func (p *Package) store(c *closer, stores []bindings.Store, param int, key string) (more []string) {
	for _, s := range stores {
		b := bindings.Bind{From: s.Key, To: key}
		if s.Param != param || slices.Contains(c.Bound(s.Key), b) {
			continue
		}
		if s.Key[0] == 'a' && len(c.Bound(s.Key)) == 0 {
			more = append(more, s.Key)
		}
		c.Bind(b)
		p.flow.Binds[b] = token.NoPos
	}
	return more
}

// Handed returns the roots that interfaces' methods are given.
func (p *Package) Handed() []*Root { return p.handed }

// storedArguments are the functions among its arguments that a method stores.
func (p *Package) storedArguments(fn *types.Func) []bindings.Store {
	stores := p.flow.Stores[fn]
	if fn.Pkg() != p.Pass.Pkg {
		stores = p.factOf(fn).Stores
	}
	return slices.DeleteFunc(slices.Clone(stores), func(s bindings.Store) bool { return s.Iface != "" })
}

func (p *Package) starts(fn *types.Func) []facts.Start {
	var all []facts.Start
	for _, d := range p.domains {
		if d.hooks.Starts != nil {
			all = append(all, d.hooks.Starts(fn)...)
		}
	}
	return all
}
