package effects

import (
	"go/token"
	"go/types"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
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
}

// A NamedCall is a call by name that no registration has been found for yet.
type NamedCall struct {
	Name     string
	Workflow bool
	Args     []string // shapes
	Pkg      string
	File     string // base name
	Line     int
	Col      int
}

// ID names the call in every package that sees it.
func (c *NamedCall) ID() string {
	return c.Pkg + "/" + c.File + ":" + strconv.Itoa(c.Line) + ":" + strconv.Itoa(c.Col)
}

// A Call is a call of this package with its target, if that is known: by Fn, by
// Registered, or by neither.
type Call struct {
	*roles.Call
	Fn         *types.Func
	Registered *Registered

	locals map[string]bool
}

// RunsLocally reports whether this package or one below it runs a function as a local
// activity.
func (c *Call) RunsLocally(fn *types.Func) bool { return c.locals[funcKey(fn)] }

// A Meeting is a call by name of another package and the one function registered
// under the name, both first seen together in this package.
type Meeting struct {
	Call       NamedCall
	Registered Registered
	Pos, End   token.Pos
}

func (r *Registered) id() string { return r.Name + "|" + r.Key }

// describe is how a registered function, or a closure, travels.
func (p *pkg) describe(n *roles.Name) Registered {
	r := Registered{Name: n.Name, Workflow: n.Workflow}
	var sig *types.Signature
	if n.Fn != nil {
		r.Key, sig = "c:"+funcKey(n.Fn), n.Fn.Signature()
	} else {
		r.Key = "c:" + pkgPath(p.pass.Pkg) + p.literalPlace(n.Lit)
		sig = p.info.TypeOf(n.Lit).(*types.Signature)
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
	named, ok := types.Unalias(t).(*types.Named)
	return sdk.IsWorkflowContext(t) || ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "context" && named.Obj().Name() == "Context"
}

// Signature prints a signature without its receiver, packages by name.
func Signature(sig *types.Signature) string {
	bare := types.NewSignatureType(nil, nil, nil, sig.Params(), sig.Results(), sig.Variadic())
	return types.TypeString(bare, func(pkg *types.Package) string { return pkg.Name() })
}

// resolveCalls finds the functions behind calls by name, here and, through the
// wiring, for the packages below.
func (p *pkg) resolveCalls(result *Result) {
	own := make(map[string][]*roles.Name)
	for i := range p.finder.Names {
		n := &p.finder.Names[i]
		own[n.Name] = append(own[n.Name], n)
	}
	imported := make(map[string][]*Registered)
	for i := range p.wiring.Names {
		r := &p.wiring.Names[i]
		imported[r.Name] = append(imported[r.Name], r)
	}
	locals := make(map[string]bool)
	for _, key := range p.wiring.Locals {
		locals[key] = true
	}
	for i := range p.finder.Calls {
		c := Call{Call: &p.finder.Calls[i], locals: locals}
		if c.Kind != sdk.RegisterActivity && c.Kind != sdk.RegisterWorkflow {
			c.Fn = c.Call.Fn()
		}
		if c.Named != "" {
			// The SDK never checks a call by name.
			if c.Check == sdk.Checked {
				c.Check = sdk.Unchecked
			}
			p.resolveName(&c, own[c.Named], imported[c.Named])
		}
		if c.Kind == sdk.ExecuteLocalActivity && c.Fn != nil && !c.Test && !p.testing && !locals[funcKey(c.Fn)] {
			locals[funcKey(c.Fn)] = true
			p.wiring.Locals = append(p.wiring.Locals, funcKey(c.Fn))
		}
		result.Calls = append(result.Calls, c)
	}
	p.meet(result, own, imported)
}

// fitsKind reports whether a call may be to a workflow, or to an activity.
func fitsKind(kind sdk.Kind, workflow bool) bool {
	switch kind {
	case sdk.ExecuteActivity, sdk.ExecuteLocalActivity:
		return !workflow
	case sdk.ExecuteWorkflow:
		return workflow
	}
	return kind == sdk.Mock
}

// resolveName looks for the one function with the name. Two of them, as on two
// task queues, are ambiguous.
func (p *pkg) resolveName(c *Call, own []*roles.Name, imported []*Registered) {
	keys := make(map[string]bool)
	for _, n := range own {
		if !fitsKind(c.Kind, n.Workflow) || n.Test && !c.Test {
			continue
		}
		r := p.describe(n)
		keys[r.Key] = true
		c.Fn, c.Registered = n.Fn, &r
	}
	for _, r := range imported {
		if fitsKind(c.Kind, r.Workflow) {
			keys[r.Key] = true
			c.Registered = r
		}
	}
	switch {
	case len(keys) > 1:
		c.Fn, c.Registered = nil, nil
	case c.Fn == nil && c.Registered != nil:
		c.Fn = p.lookup(c.Registered.Key)
	}
	if len(keys) == 0 && !c.Test && !p.testing && c.Kind != sdk.Mock && c.ArgsKnown() && !c.Spread {
		at := p.pass.Fset.Position(c.Node.Pos())
		nc := NamedCall{
			Name: c.Named, Workflow: c.Kind == sdk.ExecuteWorkflow,
			Pkg: pkgPath(p.pass.Pkg), File: filepath.Base(at.Filename), Line: at.Line, Col: at.Column,
		}
		for _, arg := range c.Args {
			shape := "?"
			if arg != nil && !p.info.Types[arg].IsNil() {
				shape = wire.Shape(p.info.TypeOf(arg))
			}
			nc.Args = append(nc.Args, shape)
		}
		p.wiring.Calls = append(p.wiring.Calls, nc)
	}
}

// lookup returns the function with a key, if its package is loaded.
func (p *pkg) lookup(key string) *types.Func {
	path := strings.TrimPrefix(key, "c:")
	slash := strings.LastIndex(path, "/")
	dot := strings.Index(path[slash+1:], ".")
	if dot < 0 {
		return nil
	}
	owner := path[slash+1+dot+1:]
	pkg := p.find(path[:slash+1+dot])
	if pkg == nil {
		return nil
	}
	typeName, method, isMethod := strings.Cut(owner, ".")
	obj := pkg.Scope().Lookup(typeName)
	if obj != nil && isMethod {
		obj, _, _ = types.LookupFieldOrMethod(types.NewPointer(obj.Type()), true, pkg, method)
	}
	fn, _ := obj.(*types.Func)
	return fn
}

// meet closes the calls by name of the packages below.
func (p *pkg) meet(result *Result, own map[string][]*roles.Name, imported map[string][]*Registered) {
	met := make(map[string]bool)
	for _, id := range p.wiring.Met {
		met[id] = true
	}
	for i := range p.wiring.Calls {
		c := p.wiring.Calls[i]
		if c.Pkg == pkgPath(p.pass.Pkg) || met[c.ID()] {
			continue
		}
		m := Meeting{Call: c}
		keys := make(map[string]bool)
		for _, n := range own[c.Name] {
			if n.Test || n.Workflow != c.Workflow {
				continue
			}
			m.Registered = p.describe(n)
			keys[m.Registered.Key] = true
			m.Pos, m.End = n.Node.Pos(), n.Node.End()
		}
		for _, r := range imported[c.Name] {
			if r.Workflow == c.Workflow {
				keys[r.Key] = true
				m.Registered = *r
			}
		}
		if len(keys) != 1 || m.Registered.Key == "" {
			continue
		}
		p.wiring.Met = append(p.wiring.Met, c.ID())
		if !m.Pos.IsValid() {
			m.Pos = p.importOf(c.Pkg)
			m.End = m.Pos
		}
		if m.Pos.IsValid() && !p.testing {
			result.Meetings = append(result.Meetings, m)
		}
	}
}

// importOf is the import of a package, else the package clause.
func (p *pkg) importOf(path string) token.Pos {
	for _, imp := range p.pass.Pkg.Imports() {
		if pkgPath(imp) == path {
			return p.importPos(imp)
		}
	}
	for _, f := range p.pass.Files {
		if !strings.HasSuffix(p.pass.Fset.File(f.FileStart).Name(), "_test.go") {
			return f.Name.Pos()
		}
	}
	return token.NoPos
}

// exportNames adds to the wiring what importers need for calls by name: only names
// that someone could write, those of registrations.
func (p *pkg) exportNames(w *wiring) {
	seen := make(map[string]bool)
	add := func(r Registered) {
		if !seen[r.id()] {
			seen[r.id()] = true
			w.Names = append(w.Names, r)
		}
	}
	for _, r := range p.wiring.Names {
		add(r)
	}
	for i := range p.finder.Names {
		if n := &p.finder.Names[i]; !n.Test && !p.testing {
			add(p.describe(n))
		}
	}
	w.Calls = append(w.Calls, p.wiring.Calls...)
	w.Met = append(w.Met, p.wiring.Met...)
	w.Locals = append(w.Locals, p.wiring.Locals...)
	sort.Slice(w.Names, func(i, j int) bool { return w.Names[i].id() < w.Names[j].id() })
	sort.Slice(w.Calls, func(i, j int) bool { return w.Calls[i].ID() < w.Calls[j].ID() })
	sort.Strings(w.Met)
	sort.Strings(w.Locals)
}

// readNames merges what imports say of names.
func (w *wiring) readNames(iw *wiring, seen map[string]bool) {
	for _, r := range iw.Names {
		if k := "name|" + r.id(); !seen[k] {
			seen[k] = true
			w.Names = append(w.Names, r)
		}
	}
	for _, c := range iw.Calls {
		if k := "call|" + c.ID(); !seen[k] {
			seen[k] = true
			w.Calls = append(w.Calls, c)
		}
	}
	for _, id := range iw.Met {
		if k := "met|" + id; !seen[k] {
			seen[k] = true
			w.Met = append(w.Met, id)
		}
	}
	for _, key := range iw.Locals {
		if k := "local|" + key; !seen[k] {
			seen[k] = true
			w.Locals = append(w.Locals, key)
		}
	}
}
