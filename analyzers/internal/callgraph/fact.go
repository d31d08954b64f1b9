package callgraph

import (
	"fmt"
	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/codec"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// FactTypes are the facts that an analyzer which calls [Analyze] declares.
var FactTypes = []analysis.Fact{new(function), new(wiring)}

// A Reached is an effect and the functions that lead to it.
type Reached struct {
	Effect Effect
	Chain  []string
}

// An Open is a call whose target is not known yet: a method of an interface, or a
// function held in a variable or field.
type Open struct {
	Key    string // of the interface, variable, field or function result
	Method string // "" unless an interface's
	Mask   Kind   // the kinds that do not pass
	Chain  []string
}

func (o *Open) id() string { return o.Key + "." + o.Method + "#" + strconv.Itoa(int(o.Mask)) }

// function is the fact of a function: what it ends up doing. Functions that do
// nothing of interest have none.
type function struct {
	Version int
	Effects []Reached
	Opens   []Open
	Stores  []bindings.Store
	Results []string // the keys of the types that its first result, an interface, may have

	codec.Carrier
}

func (*function) AFact() {}

// GobEncode writes the fact.
func (f *function) GobEncode() ([]byte, error) { return f.Encode(f) }

// decode fills the fields. A fact that cannot be read is as good as none.
func (f *function) decode() {
	if f.Decode(f) != nil || f.Version != factVersion() {
		*f = function{}
	}
}

func (f *function) String() string {
	var parts []string
	for _, e := range f.Effects {
		parts = append(parts, e.Effect.Kind.String()+" "+e.Effect.What)
	}
	for _, o := range f.Opens {
		parts = append(parts, "calls "+o.Key+"."+o.Method)
	}
	for _, s := range f.Stores {
		parts = append(parts, fmt.Sprintf("stores %d in %s", s.Param, s.Key))
	}
	for _, s := range f.Sections {
		parts = append(parts, fmt.Sprintf("%s %v", s.Name, reflect.ValueOf(s.Value).Elem()))
	}
	return strings.Join(parts, ", ")
}

// wiring is the fact of a package: what flows into interfaces, and the roots whose
// chains are still open. It carries what the package's imports carry, because go vet
// shows a package the facts of its direct imports only.
type wiring struct {
	Version int
	Roots   []root
	Binds   []bindings.Bind
	Impls   []Impl
	// Closed holds the pairs "root|effect" that a package has reported.
	Closed []string

	codec.Carrier
}

func (*wiring) AFact() {}

// GobEncode writes the fact.
func (w *wiring) GobEncode() ([]byte, error) { return w.Encode(w) }

// decode fills the fields. A fact that cannot be read is as good as none.
func (w *wiring) decode() {
	if w.Decode(w) != nil || w.Version != factVersion() {
		*w = wiring{}
	}
}

func (w *wiring) String() string {
	var parts []string
	for _, r := range w.Roots {
		parts = append(parts, "root "+r.Name)
	}
	for _, b := range w.Binds {
		parts = append(parts, b.From+" <- "+b.To)
	}
	return strings.Join(parts, ", ")
}

// root is a root with open calls, as it travels.
type root struct {
	Key   string
	Name  string
	Kind  int
	Opens []Open
}

// An Impl is what a bound function does. Its type need not be loaded where a chain
// closes, so this stands in the wiring and not only in the function's own fact.
type Impl struct {
	Key     string // of the type or function
	Method  string
	Name    string // for the chain
	Kind    int    // the RootKind that the function can be
	Effects []Reached
	Opens   []Open
	// Stores and Starts say what it does with its arguments.
	Stores []bindings.Store
	Starts []Start
}

func (im *Impl) empty() bool {
	return len(im.Effects)+len(im.Opens)+len(im.Stores)+len(im.Starts) == 0
}

// Wiring is what an import says to a domain.
type Wiring = codec.Carrier

// factOf returns the fact of a function or variable of another package; never nil.
func (p *Package) factOf(obj types.Object) *function {
	if f, ok := p.imported[obj]; ok {
		return f
	}
	f := new(function)
	if obj.Pkg() != nil && obj.Pkg() != p.Pass.Pkg && !keys.IsStd(obj.Pkg().Path()) && p.Pass.ImportObjectFact(obj, f) {
		f.decode()
	}
	p.imported[obj] = f
	return f
}

// Summary fills v with what a domain says of a function or variable of another package.
// It reports false if that is nothing.
func (p *Package) Summary(d *Domain, obj types.Object, v any) bool {
	return p.factOf(obj).Read(d.Name, d.Version, v)
}

// Reaches returns what a function of another package ends up doing.
func (p *Package) Reaches(fn *types.Func) []Reached { return p.factOf(fn).Effects }

// Export writes what a domain says of a package variable, a pointer to a struct as package
// codec takes it. Functions have a hook for it.
func (p *Package) Export(d *Domain, v *types.Var, value any) {
	p.sections[v] = append(p.sections[v], codec.Section{Name: d.Name, Version: d.Version, Value: value})
}

// exportFunctions writes the facts of functions that other packages can name. Package
// main cannot be imported.
func (p *Package) exportFunctions() {
	if p.Pass.Pkg.Name() == "main" {
		return
	}
	for v, sections := range p.sections {
		p.Pass.ExportObjectFact(v, &function{Version: factVersion(), Carrier: codec.Carrier{Sections: sections}})
	}
	for _, n := range p.Nodes {
		if n.Fn == nil || n.Fn.Signature().Recv() == nil && !n.Fn.Exported() {
			continue
		}
		f := &function{Version: factVersion(), Stores: p.flow.Stores[n.Fn], Results: p.flow.Results(n.Fn)}
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
