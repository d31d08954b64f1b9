package roles

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Weak returns the functions that look like activities while nothing registers
// or executes any: exported ones that use the activity package, and methods of
// types named as activities. XYZActivities alone may be a user's doings or the
// steps of a course, so the package must import the SDK; XYZActivitiesImpl is
// nobody else's name.
func (f *Finder) Weak(files []*ast.File) []*types.Func {
	var weak []*types.Func
	for _, file := range files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			fn, ok := f.Info.Defs[decl.Name].(*types.Func)
			if ok && fn.Exported() && !sdk.IsWorkflowCode(fn.Signature()) && (f.namedActivities(fn) || f.usesActivity(decl)) {
				weak = append(weak, fn)
			}
		}
	}
	return weak
}

// Marked returns the functions that carry //mcwflint:activity.
func (f *Finder) Marked(files []*ast.File) []*types.Func {
	var marked []*types.Func
	for _, file := range files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || !isMarked(decl) {
				continue
			}
			if fn, ok := f.Info.Defs[decl.Name].(*types.Func); ok {
				marked = append(marked, fn)
			}
		}
	}
	return marked
}

func isMarked(decl *ast.FuncDecl) bool {
	return decl.Doc != nil && slices.ContainsFunc(decl.Doc.List, func(c *ast.Comment) bool {
		return strings.TrimSpace(c.Text) == "//mcwflint:activity"
	})
}

// namedActivities reports whether fn is a method of a type called XYZActivities
// or XYZActivitiesImpl that could be an activity: an error last. A type that
// implements an interface XYZActivities counts for the interface's methods.
func (f *Finder) namedActivities(fn *types.Func) bool {
	sig := fn.Signature()
	if sig.Recv() == nil || !syntax.IsTask(sig) {
		return false
	}
	t := sig.Recv().Type()
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	if strings.HasSuffix(named.Obj().Name(), "ActivitiesImpl") {
		return true
	}
	if !sdk.Imports(f.Pkg) {
		return false
	}
	if strings.HasSuffix(named.Obj().Name(), "Activities") {
		return true
	}
	scope := f.Pkg.Scope()
	for _, name := range scope.Names() {
		if !strings.HasSuffix(name, "Activities") {
			continue
		}
		iface, ok := scope.Lookup(name).Type().Underlying().(*types.Interface)
		if !ok || iface.Empty() || !types.Implements(types.NewPointer(named), iface) {
			continue
		}
		for i := range iface.NumMethods() {
			if iface.Method(i).Name() == fn.Name() {
				return true
			}
		}
	}
	return false
}

func (f *Finder) usesActivity(decl *ast.FuncDecl) bool {
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && !found {
			if fn, ok := f.Info.Uses[sel.Sel].(*types.Func); ok && sdk.UsesActivity(fn) {
				found = true
			}
		}
		return !found
	})
	return found
}
