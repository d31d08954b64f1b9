package names

import (
	"go/types"
	"slices"
	"sort"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// A Registered is a name and the signature behind it, as it travels: the types of
// the parameters need not be loaded where a call by name meets it.
type Registered struct {
	Name     string
	Workflow bool
	Key      string   // of the function
	Params   []string // shapes, see wire.Shape; without the context
	Sig      string   // for people
	Variadic bool     // the SDK cannot call it, which is reported where it is registered
	Queue    string   // the task queue of the worker, "" if that is not known where it is registered
}

// A NamedCall is a call by name that no registration has been found for yet.
type NamedCall struct {
	Name     string
	Workflow bool
	Args     []string // shapes
	At       callgraph.Place
	// Elsewhere: its package names task queues, so that another program may run it, or a
	// directive says so.
	Elsewhere bool
	// Accepted: a directive says that the arguments are as they should be.
	Accepted bool
}

func (r *Registered) id() string { return r.Name + "|" + r.Key + "|" + r.Queue }

// describe is how a registered function, or a closure, travels.
func (f *Names) describe(n *roles.Name) Registered {
	r := Registered{Name: n.Name, Workflow: n.Workflow, Queue: f.queueOf(n.Node)}
	var sig *types.Signature
	if n.Fn != nil {
		r.Key, sig = "c:"+keys.Func(n.Fn), n.Fn.Signature()
	} else {
		r.Key = "c:" + keys.Path(f.p.Pass.Pkg) + f.p.LiteralPlace(n.Lit)
		sig = f.p.Info.TypeOf(n.Lit).(*types.Signature)
	}
	for i := range sig.Params().Len() {
		if i == 0 && TakesContext(sig) {
			continue
		}
		r.Params = append(r.Params, wire.Shape(sig.Params().At(i).Type()))
	}
	r.Variadic = sig.Variadic()
	r.Sig = Signature(sig)
	return r
}

// TakesContext reports whether the first parameter is a context that the SDK
// supplies.
func TakesContext(sig *types.Signature) bool {
	if sig.Params().Len() == 0 {
		return false
	}
	t := sig.Params().At(0).Type()
	return sdk.IsWorkflowContext(t) || syntax.IsContext(t)
}

// Signature prints a signature without its receiver, packages by name.
func Signature(sig *types.Signature) string {
	bare := types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
	return types.TypeString(bare, func(pkg *types.Package) string { return pkg.Name() })
}

// wiring is what importers need for calls by name: what is registered, and the calls that
// have not met their registration. It has what the imports' wiring has.
type wiring struct {
	// Registers: this package or one below it registers or executes activities.
	Registers bool
	Names     []Registered
	Calls     []NamedCall
	Met       []string // the calls that met their registration
	Locals    []string // the functions that run as local activities, by key

	Executed []Executed
	// Methods are keys of methods that are registered with their structs and have payloads
	// that cannot travel; Others those, registered or not, that are also used otherwise.
	Methods, Others []string
	// Unconventional are objects whose names a directive accepts, see nameOf.
	Unconventional []string
	// OpenActivities and OpenWorkflows: something registers what is not known here, or
	// anything.
	OpenActivities, OpenWorkflows bool
}

// importWiring merges what an import says.
func (f *Names) importWiring(_ *types.Package, w *callgraph.Wiring) {
	var iw wiring
	if !w.Read(domain.Name, domain.Version, &iw) {
		return
	}
	f.wiring.Registers = f.wiring.Registers || iw.Registers
	f.wiring.OpenActivities = f.wiring.OpenActivities || iw.OpenActivities
	f.wiring.OpenWorkflows = f.wiring.OpenWorkflows || iw.OpenWorkflows
	carry(f, "name", &f.wiring.Names, iw.Names, func(r Registered) string { return r.id() })
	carry(f, "call", &f.wiring.Calls, iw.Calls, func(c NamedCall) string { return c.At.ID() })
	carry(f, "executed", &f.wiring.Executed, iw.Executed, func(e Executed) string { return e.Key })
	itself := func(s string) string { return s }
	carry(f, "met", &f.wiring.Met, iw.Met, itself)
	carry(f, "local", &f.wiring.Locals, iw.Locals, itself)
	carry(f, "method", &f.wiring.Methods, iw.Methods, itself)
	carry(f, "other", &f.wiring.Others, iw.Others, itself)
	carry(f, "unconventional", &f.wiring.Unconventional, iw.Unconventional, itself)
}

// carry adds what an import says to what importers are told, once.
func carry[T any](f *Names, what string, to *[]T, from []T, id func(T) string) {
	for _, x := range from {
		if f.unseen(what + "|" + id(x)) {
			*to = append(*to, x)
		}
	}
}

// noteUnconventional notes the types and functions of this package whose names a directive
// accepts: the package that registers them reports them otherwise.
func (f *Names) noteUnconventional() {
	if !f.p.Ignoring("implnaming") {
		return
	}
	objects := make([]types.Object, 0, len(f.p.Nodes))
	for _, name := range f.p.Pass.Pkg.Scope().Names() {
		objects = append(objects, f.p.Pass.Pkg.Scope().Lookup(name))
	}
	for _, n := range f.p.Nodes {
		if n.Fn != nil && n.Fn.Signature().Recv() != nil {
			objects = append(objects, n.Fn)
		}
	}
	for _, obj := range objects {
		if f.p.Ignores("implnaming", obj.Pos()) {
			f.wiring.Unconventional = append(f.wiring.Unconventional, nameOf(obj))
		}
	}
}

// nameOf names a type or a function in all packages.
func nameOf(obj types.Object) string {
	if fn, ok := obj.(*types.Func); ok {
		return keys.Func(fn)
	}
	return keys.Path(obj.Pkg()) + "." + obj.Name()
}

// IsUnconventional reports whether a directive, in the package of a type or a function that is
// another, accepts its name.
func (r *Result) IsUnconventional(obj types.Object) bool {
	return slices.Contains(r.unconventional, nameOf(obj))
}

func (f *Names) unseen(what string) bool {
	if f.seen[what] {
		return false
	}
	f.seen[what] = true
	return true
}

// exportWiring adds what this package registers: only names that someone could write.
func (f *Names) exportWiring() any {
	f.finish()
	f.noteIgnored()
	f.noteUnconventional()
	w := f.wiring
	if f.Assignments != nil && !f.p.Testing {
		for i := range f.Names {
			if n := &f.Names[i]; !n.Test {
				if r := f.describe(n); f.unseen("name|" + r.id()) {
					w.Names = append(w.Names[:len(w.Names):len(w.Names)], r)
				}
			}
		}
	}
	if !w.Registers && !w.OpenActivities && !w.OpenWorkflows && len(w.Names)+len(w.Calls)+len(w.Met)+len(w.Locals)+len(w.Executed)+len(w.Methods)+len(w.Others)+len(w.Unconventional) == 0 {
		return nil
	}
	sort.Slice(w.Names, func(i, j int) bool { return w.Names[i].id() < w.Names[j].id() })
	sort.Slice(w.Calls, func(i, j int) bool { return w.Calls[i].At.ID() < w.Calls[j].At.ID() })
	sort.Slice(w.Executed, func(i, j int) bool { return w.Executed[i].Key < w.Executed[j].Key })
	sort.Strings(w.Met)
	sort.Strings(w.Locals)
	sort.Strings(w.Methods)
	sort.Strings(w.Others)
	sort.Strings(w.Unconventional)
	return &w
}
