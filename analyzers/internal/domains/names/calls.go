package names

import (
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

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
func (c *Call) RunsLocally(fn *types.Func) bool { return c.locals[keys.Func(fn)] }

// A Meeting is a call by name of another package and the one function registered
// under the name, both first seen together in this package; or a call through an interface and
// what is bound to it.
type Meeting struct {
	Call       NamedCall
	Registered Registered
	Pos, End   token.Pos
	Here       bool // the call is in this package
}

// resolveCalls finds the functions behind calls by name, here and, through the
// wiring, for the packages below.
func (f *Names) resolveCalls() {
	own := make(map[string][]*roles.Name)
	for i := range f.Names {
		n := &f.Names[i]
		own[n.Name] = append(own[n.Name], n)
	}
	imported := make(map[string][]*Registered)
	for i := range f.wiring.Names {
		r := &f.wiring.Names[i]
		imported[r.Name] = append(imported[r.Name], r)
	}
	locals := make(map[string]bool)
	for _, key := range f.wiring.Locals {
		locals[key] = true
	}
	for i := range f.Calls {
		c := Call{Call: &f.Calls[i], locals: locals}
		if c.Kind != sdk.RegisterActivity && c.Kind != sdk.RegisterWorkflow {
			c.Fn = c.Call.Fn()
		}
		if c.Named != "" {
			// The SDK never checks a call by name.
			if c.Check == sdk.Checked {
				c.Check = sdk.Unchecked
			}
			f.resolveName(&c, own[c.Named], imported[c.Named])
		}
		if c.Kind == sdk.ExecuteLocalActivity && c.Fn != nil && !c.Test && !f.p.Testing && !locals[keys.Func(c.Fn)] {
			locals[keys.Func(c.Fn)] = true
			f.wiring.Locals = append(f.wiring.Locals, keys.Func(c.Fn))
		}
		f.result.Calls = append(f.result.Calls, c)
		f.noteProgram(&c)
	}
	f.meet(own, imported)
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
func (f *Names) resolveName(c *Call, own []*roles.Name, imported []*Registered) {
	functions := make(map[string]bool)
	for _, n := range own {
		if !fitsKind(c.Kind, n.Workflow) || n.Test && !c.Test {
			continue
		}
		r := f.describe(n)
		functions[r.Key] = true
		c.Fn, c.Registered = n.Fn, &r
	}
	for _, r := range imported {
		if fitsKind(c.Kind, r.Workflow) {
			functions[r.Key] = true
			c.Registered = r
		}
	}
	switch {
	case len(functions) > 1:
		c.Fn, c.Registered = nil, nil
	case c.Fn == nil && c.Registered != nil:
		c.Fn = f.p.FindFunc(c.Registered.Key)
	}
	if len(functions) == 0 && !c.Test && !f.p.Testing && c.Kind != sdk.Mock && c.ArgsKnown() && !c.Spread {
		nc := NamedCall{
			Name: c.Named, Workflow: c.Kind == sdk.ExecuteWorkflow,
			At:        f.p.PlaceOf(c.Node.Pos()),
			Elsewhere: f.choosesQueue() || f.p.Ignores("registration", c.Node.Pos()),
			Accepted:  f.p.Ignores("positionalargs", c.Node.Pos()),
			Args:      f.shapes(c.Args),
		}
		f.wiring.Calls = append(f.wiring.Calls, nc)
	}
}

// meet closes the calls by name of the packages below.
func (f *Names) meet(own map[string][]*roles.Name, imported map[string][]*Registered) {
	met := make(map[string]bool)
	for _, id := range f.wiring.Met {
		met[id] = true
	}
	for i := range f.wiring.Calls {
		c := f.wiring.Calls[i]
		if c.At.Pkg == keys.Path(f.p.Pass.Pkg) || met[c.At.ID()] {
			continue
		}
		m := Meeting{Call: c}
		functions := make(map[string]bool)
		for _, n := range own[c.Name] {
			if n.Test || n.Workflow != c.Workflow {
				continue
			}
			m.Registered = f.describe(n)
			functions[m.Registered.Key] = true
			m.Pos, m.End = n.Node.Pos(), n.Node.End()
		}
		for _, r := range imported[c.Name] {
			if r.Workflow == c.Workflow {
				functions[r.Key] = true
				m.Registered = *r
			}
		}
		if len(functions) != 1 || m.Registered.Key == "" {
			continue
		}
		f.wiring.Met = append(f.wiring.Met, c.At.ID())
		if !m.Pos.IsValid() {
			m.Pos = forwards.ImportOf(f.p, c.At.Pkg)
			m.End = m.Pos
		}
		if m.Pos.IsValid() && !c.Accepted && !f.p.Testing {
			f.result.Meetings = append(f.result.Meetings, m)
		}
	}
}
