package callgraph

import (
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/codec"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// FactTypes are the facts that an analyzer which calls [Analyze] declares.
var FactTypes = []analysis.Fact{new(facts.Function), new(facts.Package)}

// Wiring is what an import says to a domain.
type Wiring = codec.Carrier

// factOf returns the fact of a function or variable of another package; never nil.
func (p *Package) factOf(obj types.Object) *facts.Function {
	if f, ok := p.imported[obj]; ok {
		return f
	}
	f := new(facts.Function)
	if obj.Pkg() != nil && obj.Pkg() != p.Pass.Pkg && !keys.IsStd(obj.Pkg().Path()) && p.Pass.ImportObjectFact(obj, f) {
		f.Load()
	}
	p.imported[obj] = f
	return f
}

// SummaryOf returns what a domain says of a function or variable of another package, which is read
// once and not to be changed; the zero struct, which all such share, if that is nothing.
func SummaryOf[T any](p *Package, d *Domain, obj types.Object) *T {
	f, key := p.factOf(obj), [2]any{d, obj}
	if !f.Has(d.Name) {
		key[1] = nil
	}
	s, known := p.summaries[key].(*T)
	if !known {
		s = new(T)
		f.Read(d.Name, d.Version, s)
		p.summaries[key] = s
	}
	return s
}

// Reaches returns what a function of another package ends up doing.
func (p *Package) Reaches(fn *types.Func) []facts.Reached { return p.factOf(fn).Effects }

// Export writes what a domain says of a package variable or an interface's method, a pointer to a
// struct as package codec takes it. Functions have a hook for it.
func (p *Package) Export(d *Domain, obj types.Object, value any) {
	p.sections[obj] = append(p.sections[obj], codec.Section{Name: d.Name, Version: d.Version, Value: value})
}

// exportFunctions writes the facts of functions that other packages can name. Package
// main cannot be imported.
func (p *Package) exportFunctions() {
	if p.Pass.Pkg.Name() == "main" {
		return
	}
	for obj, sections := range p.sections {
		p.Pass.ExportObjectFact(obj, &facts.Function{Version: facts.Version(), Carrier: codec.Carrier{Sections: sections}})
	}
	for _, n := range p.Nodes {
		if n.Fn == nil || n.Fn.Signature().Recv() == nil && !n.Fn.Exported() {
			continue
		}
		f := &facts.Function{Version: facts.Version(), Stores: p.flow.Stores[n.Fn], Results: p.flow.Results(n.Fn)}
		for _, d := range p.domains {
			if d.hooks.Function == nil {
				continue
			}
			if v := d.hooks.Function(n); v != nil {
				f.Sections = append(f.Sections, codec.Section{Name: d.Name, Version: d.Version, Value: v})
			}
		}
		f.Effects, f.Opens = exportable(n.others())
		if len(f.Effects)+len(f.Opens)+len(f.Stores)+len(f.Results)+len(f.Sections) > 0 {
			p.Pass.ExportObjectFact(n.Fn, f)
		}
	}
}
