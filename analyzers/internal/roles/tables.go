package roles

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A tabled field holds functions that calls register one after another.
type tabled struct {
	fns        []*types.Func
	activities bool // some call registers them as activities,
	workflows  bool // as workflows
	// known: each literal of the struct pairs a function with a constant name, and no other
	// package can make one.
	known bool
}

// tables reads the literals that have been seen as tables of names and functions, and gives the
// calls that register them their targets, from one call on: those of the program keep theirs when
// tests are read.
func (f *Finder) tables(from int) {
	fields := make(map[*types.Var]*tabled)
	for _, lit := range f.literals {
		if st, ok := syntax.Under[*types.Struct](f.Info.TypeOf(lit)); ok {
			names := len(f.Names)
			field, fn := f.table(lit, st)
			if field == nil || !f.registered[field] {
				continue
			}
			t := fields[field]
			if t == nil {
				t = &tabled{known: f.isLocal(f.Info.TypeOf(lit))}
				fields[field] = t
			}
			t.fns, t.known = append(t.fns, fn), t.known && len(f.Names) > names
		}
	}
	f.literals = nil
	var calls []*Call
	for i := from; i < len(f.Calls); i++ {
		if t := fields[f.tabledIn(&f.Calls[i])]; t != nil {
			calls = append(calls, &f.Calls[i])
			t.activities, t.workflows = t.activities || f.Calls[i].Kind == sdk.RegisterActivity, t.workflows || f.Calls[i].Kind == sdk.RegisterWorkflow
		}
	}
	for _, c := range calls {
		f.fill(c, fields[f.tabledIn(c)])
	}
}

// tabledIn is the field whose functions a call registers, or nil.
func (f *Finder) tabledIn(c *Call) *types.Var {
	if sel, ok := ast.Unparen(c.Target).(*ast.SelectorExpr); ok && c.Kind.Register() {
		if v, ok := f.Info.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
			return v.Origin()
		}
	}
	return nil
}

// isLocal reports whether only this package can make a value of a type.
func (f *Finder) isLocal(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return !ok || named.Obj().Pkg() == f.Pkg && (!named.Obj().Exported() || f.Pkg.Name() == "main")
}

// fill gives a call that registers what a field holds the functions of the tables. Where one kind
// of table serves for both, a function is registered as what it looks like.
func (f *Finder) fill(c *Call, t *tabled) {
	for _, fn := range t.fns {
		if t.activities && t.workflows && sdk.IsWorkflowCode(fn.Signature()) != (c.Kind == sdk.RegisterWorkflow) {
			continue
		}
		target := Target{Fn: fn}
		c.Targets = append(c.Targets, target)
		f.Uses = append(f.Uses, Use{c.Kind, c.Node, target})
	}
	c.tabled = t.known
}

// forRegistry reports whether the function in a field is there to be registered: the
// package does it, or the field is of type any, so that nothing can call it.
// Commands and health checks pair a name with a function too.
func (f *Finder) forRegistry(v *types.Var) bool {
	i, ok := syntax.Under[*types.Interface](v.Type())
	return f.registered[v.Origin()] || ok && i.Empty()
}

// table reads an entry of the program's own tables of names and functions:
// Definition{Name: "Charge", Func: a.Charge}. The function must be fit to be a
// workflow or an activity, and be the only one. It returns the field with the function.
func (f *Finder) table(lit *ast.CompositeLit, st *types.Struct) (*types.Var, *types.Func) {
	var names []string
	var fn *types.Func
	var in *types.Var
	labelled := false
	for i, elt := range lit.Elts {
		var field *types.Var
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			field, _ = f.Info.ObjectOf(syntax.Ident(kv.Key)).(*types.Var)
			elt = kv.Value
		} else if i < st.NumFields() {
			field = st.Field(i)
		}
		if name, ok := f.Constant(elt); ok && name != "" {
			names = append(names, name)
			continue
		}
		switch obj := f.Info.Uses[syntax.Named(elt)].(type) {
		case *types.Func:
			if fn != nil || field == nil || !f.forRegistry(field) {
				return nil, nil
			}
			fn, in = obj.Origin(), field.Origin()
		case *types.Var:
			labelled = labelled || syntax.IsString(obj.Type())
		}
	}
	switch {
	case len(lit.Elts) < 2:
	case fn == nil || !FitActivity(fn.Signature()) && !sdk.IsWorkflowCode(fn.Signature()):
	case len(names) == 1:
		f.Names = append(f.Names, Name{Name: names[0], Workflow: sdk.IsWorkflowCode(fn.Signature()), Fn: fn, Node: lit})
	case labelled:
		f.Tabled = append(f.Tabled, fn)
	}
	return in, fn
}
