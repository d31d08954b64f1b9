// Package forwards follows what the methods of interfaces are given to what the methods that
// are bound to them do with it: provider.ExecuteActivity(ctx, fn, args...) of an abstraction
// over several engines, factory.NewWorker(queue, options). What a domain knows of a wrapper that
// is called by its name holds for one that is called through an interface, in the package that
// sees the call and the binding: that may be far above both.
package forwards

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Forward is a method that hands a parameter on: it executes it, or makes it the options of a
// context. Its fields travel.
type Forward struct {
	What   string // the name of the domain that asks
	Type   string // by its key
	Method string
	Param  int // -1 if it is about the result
	// Args are the parameters that become arguments of what is executed, -1 for one that the
	// method supplies. Spread: the last of them is the variadic one.
	Args   []int
	Spread bool
}

func (f *Forward) id() string {
	return f.What + "|" + f.Type + "." + f.Method + "#" + strconv.Itoa(f.Param)
}

// Handed is what a call gives a method of an interface. Its fields travel.
type Handed struct {
	What   string
	Iface  string // by its key
	Method string
	Param  int
	At     callgraph.Place // where the mend would go
	Data   [][]string      // what the domain needs to judge it
}

// ID names it in every package that sees it.
func (h *Handed) ID() string {
	return h.What + "|" + h.At.ID() + "#" + strconv.Itoa(h.Param)
}

// A Meeting is a call and what is bound to its interface, both first seen together in this
// package. All that is bound and hands the parameter on does so in the same way.
type Meeting struct {
	Handed
	Forward  Forward
	Pos, End token.Pos     // of the call, or of the import of its package
	Call     *ast.CallExpr // nil if it is in another package
}

type wiring struct {
	Forwards []Forward
	Handed   []Handed
	Met      []string
}

var domain = &callgraph.Domain{Name: "forwards", Version: 1}

func init() { callgraph.Register(domain, open) }

// Forwards is what is known of a package while it is read.
type Forwards struct {
	p        *callgraph.Package
	wiring   wiring // of the imports, and what this package adds
	seen     map[string]bool
	calls    map[string]*ast.CallExpr // by the ID of what they hand
	meetings []Meeting
}

// Of returns the forwards of a package that is being read.
func Of(p *callgraph.Package) *Forwards { return p.Reader(domain).(*Forwards) }

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	f := &Forwards{p: p, seen: make(map[string]bool), calls: make(map[string]*ast.CallExpr)}
	return f, callgraph.Hooks{Import: f.importWiring, Closed: f.meet, Wiring: f.exportWiring}
}

// Method is the method of an interface that a call calls, and the interface's key; nil if it calls
// anything else, or an interface that is not followed.
func Method(info *types.Info, call *ast.CallExpr) (*types.Func, string) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil, ""
	}
	s := info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return nil, ""
	}
	recv := syntax.Receiver(s)
	if !types.IsInterface(recv) {
		return nil, ""
	}
	key := keys.Interface(recv)
	fn, _ := s.Obj().(*types.Func)
	if key == "" {
		return nil, ""
	}
	return fn, key
}

// Add notes that a method of this package hands a parameter on. Functions are ignored.
func (f *Forwards) Add(fn *types.Func, fw Forward) {
	recv := fn.Signature().Recv()
	if recv == nil || types.IsInterface(recv.Type()) || f.p.Testing {
		return
	}
	fw.Type, fw.Method = keys.Type(recv.Type()), fn.Name()
	if id := "forward|" + fw.id(); fw.Type != "" && !f.seen[id] {
		f.seen[id] = true
		f.wiring.Forwards = append(f.wiring.Forwards, fw)
		f.p.Keep(fw.Type)
	}
}

// Hand notes what a call gives a method of an interface, and where a mend would go. It returns
// what names it, "" if the call is of anything else.
func (f *Forwards) Hand(call *ast.CallExpr, pos token.Pos, what string, param int, data ...[]string) string {
	fn, key := Method(f.p.Info, call)
	if fn == nil || f.p.Testing {
		return ""
	}
	h := Handed{
		What: what, Iface: key, Method: fn.Name(), Param: param, Data: data,
		At: f.p.PlaceOf(pos),
	}
	id := h.ID()
	if f.calls[id] == nil {
		f.calls[id] = call
		f.wiring.Handed = append(f.wiring.Handed, h)
	}
	return id
}

// All reports whether each type that this package and its imports bind to the interface that a
// call calls hands the parameter on. It may be asked when all bodies have been read.
func (f *Forwards) All(call *ast.CallExpr, what string, param int) bool {
	fn, key := Method(f.p.Info, call)
	if fn == nil {
		return false
	}
	bound := f.p.Types(key)
	return len(bound) > 0 && !slices.ContainsFunc(bound, func(t string) bool {
		return !f.seen["forward|"+(&Forward{What: what, Type: t, Method: fn.Name(), Param: param}).id()]
	})
}

// Meetings are those of this package, for one domain. It may be asked in the hook Closed of a
// domain that imports this one.
func (f *Forwards) Meetings(what string) []Meeting {
	var some []Meeting
	for _, m := range f.meetings {
		if m.What == what {
			some = append(some, m)
		}
	}
	return some
}

// meet lets what calls hand meet what is bound.
func (f *Forwards) meet() {
	if f.p.Testing || len(f.wiring.Handed) == 0 || len(f.wiring.Forwards) == 0 {
		return
	}
	forwards := make(map[string]Forward)
	for _, fw := range f.wiring.Forwards {
		forwards[fw.id()] = fw
	}
	for _, h := range f.wiring.Handed {
		id := h.ID()
		if f.seen["met|"+id] {
			continue
		}
		fw, ok := f.bound(&h, forwards)
		if !ok {
			continue
		}
		f.wiring.Met = append(f.wiring.Met, id)
		m := Meeting{Handed: h, Forward: fw, Call: f.calls[id]}
		if m.Call != nil {
			m.Pos, m.End = m.Call.Pos(), m.Call.End()
		} else {
			m.Pos = ImportOf(f.p, h.At.Pkg)
			m.End = m.Pos
		}
		if m.Pos.IsValid() {
			f.meetings = append(f.meetings, m)
		}
	}
}

// bound is what those of the types that are bound to an interface do that hand a parameter on,
// if they agree.
func (f *Forwards) bound(h *Handed, forwards map[string]Forward) (Forward, bool) {
	var found Forward
	for _, t := range f.p.Types(h.Iface) {
		fw, ok := forwards[(&Forward{What: h.What, Type: t, Method: h.Method, Param: h.Param}).id()]
		switch {
		case !ok:
		case found.Type == "":
			found = fw
		case !slices.Equal(found.Args, fw.Args) || found.Spread != fw.Spread:
			return Forward{}, false
		}
	}
	return found, found.Type != ""
}

// ImportOf is where a package imports another, by its path; else, or if something between the two
// does, its package clause.
func ImportOf(p *callgraph.Package, path string) token.Pos {
	for _, imp := range p.Pass.Pkg.Imports() {
		if keys.Path(imp) == path {
			return p.ImportPos(imp)
		}
	}
	for _, file := range p.Pass.Files {
		if !strings.HasSuffix(p.Pass.Fset.File(file.FileStart).Name(), "_test.go") {
			return file.Name.Pos()
		}
	}
	return token.NoPos
}

func (f *Forwards) importWiring(_ *types.Package, w *callgraph.Wiring) {
	var iw wiring
	if !w.Read(domain.Name, domain.Version, &iw) {
		return
	}
	add := func(id string) bool {
		before := f.seen[id]
		f.seen[id] = true
		return !before
	}
	for _, fw := range iw.Forwards {
		if add("forward|" + fw.id()) {
			f.wiring.Forwards = append(f.wiring.Forwards, fw)
			f.p.Keep(fw.Type)
		}
	}
	for _, h := range iw.Handed {
		if add("handed|" + h.ID()) {
			f.wiring.Handed = append(f.wiring.Handed, h)
		}
	}
	for _, id := range iw.Met {
		if add("met|" + id) {
			f.wiring.Met = append(f.wiring.Met, id)
		}
	}
}

func (f *Forwards) exportWiring() any {
	w := &f.wiring
	if len(w.Forwards)+len(w.Handed) == 0 {
		return nil
	}
	sort.Slice(w.Forwards, func(i, j int) bool { return w.Forwards[i].id() < w.Forwards[j].id() })
	sort.Slice(w.Handed, func(i, j int) bool { return w.Handed[i].ID() < w.Handed[j].ID() })
	sort.Strings(w.Met)
	return w
}
