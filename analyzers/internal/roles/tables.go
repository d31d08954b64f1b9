package roles

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// tables reads the literals that have been seen as tables of names and functions.
func (f *Finder) tables() {
	for _, lit := range f.literals {
		if st, ok := under[*types.Struct](f.Info.TypeOf(lit)); ok && len(lit.Elts) >= 2 {
			f.table(lit, st)
		}
	}
	f.literals = nil
}

// forRegistry reports whether the function in a field is there to be registered: the
// package does it, or the field is of type any, so that nothing can call it.
// Commands and health checks pair a name with a function too.
func (f *Finder) forRegistry(v *types.Var) bool {
	i, ok := under[*types.Interface](v.Type())
	return f.registered[v.Origin()] || ok && i.Empty()
}

// table reads an entry of the program's own tables of names and functions:
// Definition{Name: "Charge", Func: a.Charge}. The function must be fit to be a
// workflow or an activity, and be the only one.
func (f *Finder) table(lit *ast.CompositeLit, st *types.Struct) {
	var names []string
	var fn *types.Func
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
				return
			}
			fn = obj.Origin()
		case *types.Var:
			labelled = labelled || isString(obj.Type())
		}
	}
	switch {
	case fn == nil || !FitActivity(fn.Signature()) && !sdk.IsWorkflowCode(fn.Signature()):
	case len(names) == 1:
		f.Names = append(f.Names, Name{Name: names[0], Workflow: sdk.IsWorkflowCode(fn.Signature()), Fn: fn, Node: lit})
	case labelled:
		f.Tabled = append(f.Tabled, fn)
	}
}
