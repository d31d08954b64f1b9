package callgraph

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// A Root is a function that something outside the program calls: an activity, a
// workflow, or a handler of requests.
type Root struct {
	Kind     facts.RootKind
	key      string
	name     string
	Node     *Node     // if it is a function of this package
	Pos, End token.Pos // of the call that makes it one; invalid if none does
	Strong   bool      // something registers or executes it
	// Helper: it is workflow code, but not known to be a workflow of its own.
	Helper bool

	entries []*Entry
	mask    facts.Kind // the kinds that do not matter to it
}

// id tells an activity and a workflow apart that are registered through one table.
func (r *Root) id() string { return r.key + "#" + strconv.Itoa(int(r.Kind)) }

// Entries returns what the root reaches.
func (r *Root) Entries() []*Entry { return r.entries }

// OnlyEffects leaves its open calls alone: only what is registered is followed through
// interfaces.
func (r *Root) OnlyEffects() {
	r.entries = slices.DeleteFunc(slices.Clone(r.entries), func(e *Entry) bool { return e.Effect == nil })
}

// role says what makes the root one, for people.
func (r *Root) role() string {
	switch {
	case r.Kind == facts.HandlerRoot:
		return "handler of requests"
	case r.Kind == facts.WorkflowRoot && r.Strong:
		return "workflow"
	case r.Kind == facts.WorkflowRoot:
		return "workflow code"
	case r.Strong:
		return "activity"
	}
	return "activity, by its name or its use of package activity"
}

// FunctionRoot makes a root of a function of this package or another, or of an
// interface's method, which may be any that is bound to it.
func (p *Package) FunctionRoot(fn *types.Func, kind facts.RootKind) *Root {
	r := &Root{Kind: kind, key: "c:" + keys.Func(fn), name: keys.Hop(fn)}
	if n := p.byFn[fn]; n != nil {
		r.Node, r.entries = n, n.order
	} else if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		if key := keys.Interface(recv.Type()); key != "" {
			r.entries = entriesOf(nil, []facts.Open{{Key: key, Method: fn.Name()}})
		}
		return r
	} else if fn.Pkg() != p.Pass.Pkg {
		fact := p.factOf(fn)
		r.entries = entriesOf(fact.Effects, fact.Opens)
	}
	r.entries = append(r.entries[:len(r.entries):len(r.entries)], p.inherent(fn, kind)...)
	return r
}

// inherent are the effects that a function has only as a root.
func (p *Package) inherent(fn *types.Func, kind facts.RootKind) []*Entry {
	if kind != facts.WorkflowRoot {
		return nil
	}
	var entries []*Entry
	for _, d := range p.domains {
		if d.hooks.Inherent != nil {
			entries = append(entries, d.hooks.Inherent(fn)...)
		}
	}
	return entries
}

// NodeRoot makes a root of a function, without what it has only as a root of its own, or of a closure.
func (p *Package) NodeRoot(n *Node, kind facts.RootKind) *Root {
	if n.Lit != nil {
		return p.ClosureRoot(n.Lit, kind)
	}
	return &Root{Kind: kind, key: "c:" + keys.Func(n.Fn), name: n.Name, Node: n, entries: n.order}
}

// ClosureRoot makes a root of a function literal; nil if it is in no body.
func (p *Package) ClosureRoot(lit *ast.FuncLit, kind facts.RootKind) *Root {
	n := p.byLit[lit]
	if n == nil {
		return nil
	}
	return &Root{Kind: kind, key: p.closureKey(n), name: p.Pass.Pkg.Name() + "." + n.Owner, Node: n, entries: n.order}
}

// PlaceRoot makes a root of whatever functions a place holds, by its key.
func (p *Package) PlaceRoot(key string, kind facts.RootKind) *Root {
	return &Root{Kind: kind, key: key, entries: entriesOf(nil, []facts.Open{{Key: key}})}
}

func (p *Package) closureKey(n *Node) string {
	return "c:" + keys.Path(p.Pass.Pkg) + "." + n.Owner + p.LiteralPlace(n.Lit)
}

// LiteralPlace names a function literal by its place: a line may have several.
func (p *Package) LiteralPlace(lit *ast.FuncLit) string {
	at := p.Pass.Fset.Position(lit.Pos())
	return "@" + filepath.Base(at.Filename) + ":" + strconv.Itoa(at.Line) + ":" + strconv.Itoa(at.Column)
}

// roots collects the roots of this package.
func (p *Package) roots() []*Root {
	if p.Testing {
		return nil
	}
	var all []*Root
	seen := make(map[string]bool)
	for _, d := range p.domains {
		if d.hooks.Roots == nil {
			continue
		}
		for _, r := range d.hooks.Roots() {
			if !seen[r.id()] {
				seen[r.id()] = true
				all = append(all, r)
			}
		}
	}
	for _, d := range p.domains {
		if d.hooks.Whole == nil {
			continue
		}
		for _, r := range all {
			r.entries = append(r.entries[:len(r.entries):len(r.entries)], d.hooks.Whole(r)...)
		}
	}
	return all
}
