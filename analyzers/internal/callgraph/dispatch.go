package callgraph

import (
	"go/types"
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
