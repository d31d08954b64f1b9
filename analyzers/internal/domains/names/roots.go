package names

import (
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// roots collects the activities and workflows of this package.
func (f *Names) roots() []*callgraph.Root {
	f.finish()
	var all []*callgraph.Root
	registers := false
	for _, u := range f.Uses {
		if u.Kind == sdk.Mock {
			continue
		}
		kind := facts.WorkflowRoot
		if u.Kind.Activity() {
			kind = facts.ActivityRoot
		}
		registers = registers || u.Kind.Activity()
		if r := f.used(u, kind); r != nil {
			r.Helper = u.Kind == sdk.Handle
			all = append(all, r)
		}
	}
	for _, r := range f.p.Handed() {
		registers = registers || r.Kind == facts.ActivityRoot
		all = append(all, r)
	}
	for _, fn := range f.tabled() {
		all = append(all, f.p.FunctionRoot(fn, facts.WorkflowRoot))
	}
	alike := f.Marked(f.p.Files)
	if !registers && !f.wiring.Registers {
		alike = append(alike, f.Weak(f.p.Files)...)
	}
	for _, fn := range alike {
		all = append(all, f.p.FunctionRoot(fn, facts.ActivityRoot))
	}
	f.result.Alike = alike
	f.wiring.Registers = f.wiring.Registers || registers
	return append(all, f.workflowCode()...)
}

// used turns the target of a call into a root.
func (f *Names) used(u roles.Use, kind facts.RootKind) *callgraph.Root {
	var r *callgraph.Root
	switch t := u.Target; {
	case t.Lit != nil:
		r = f.p.ClosureRoot(t.Lit, kind)
	case t.Key != "":
		r = f.p.PlaceRoot(t.Key, kind)
	case t.Fn != nil:
		r = f.p.FunctionRoot(t.Fn, kind)
	}
	if r != nil {
		r.Pos, r.End, r.Strong = u.Node.Pos(), u.Node.End(), true
	}
	return r
}

// tabled are the workflows of this package that a table pairs with a name, for a
// registration elsewhere.
func (f *Names) tabled() []*types.Func {
	var list []*types.Func
	add := func(fn *types.Func) {
		if fn != nil && f.p.NodeOf(fn) != nil && sdk.IsWorkflowCode(fn.Signature()) {
			list = append(list, fn)
		}
	}
	for _, fn := range f.Tabled {
		add(fn)
	}
	for i := range f.Names {
		if f.Names[i].Workflow {
			add(f.Names[i].Fn)
		}
	}
	return list
}

// workflowCode are the functions that take workflow.Context. Only what is registered is
// followed through interfaces.
func (f *Names) workflowCode() []*callgraph.Root {
	called := make(map[*callgraph.Node]bool) // by another function of this package
	for _, n := range f.p.Nodes {
		for i := range n.Edges {
			if to := n.Edges[i].To; to != n {
				called[to] = true
			}
		}
	}
	activities := make(map[*types.Func]bool) // although the SDK refuses them
	for _, u := range f.Uses {
		if u.Kind.Activity() && u.Target.Fn != nil {
			activities[u.Target.Fn] = true
		}
	}
	var all []*callgraph.Root
	for _, n := range f.p.Nodes {
		if n.Fn == nil || !sdk.IsWorkflowCode(n.Sig) || activities[n.Fn] {
			continue
		}
		r := f.p.FunctionRoot(n.Fn, facts.WorkflowRoot)
		if r.Helper = !namedWorkflow(n.Fn) || called[n]; r.Helper {
			r.OnlyEffects()
		}
		all = append(all, r)
	}
	return all
}

// namedWorkflow reports whether a function is a workflow by its name: an exported
// function XYZWorkflow, or a method of a type XYZWorkflow or XYZWorkflowImpl, that
// returns what a workflow does.
func namedWorkflow(fn *types.Func) bool {
	sig := fn.Signature()
	n := sig.Results().Len()
	if !fn.Exported() || n == 0 || n > 2 || !syntax.IsErrorType(sig.Results().At(n-1).Type()) {
		return false
	}
	owner, _, _ := strings.Cut(keys.Owner(fn), ".")
	return strings.HasSuffix(strings.TrimSuffix(owner, "Impl"), "Workflow")
}
