package implnaming

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// own reports whether an object may be renamed: it is of this module, written by
// hand, and not for tests.
func (c *checker) own(obj types.Object) bool {
	if obj.Pkg() == nil || obj.Pkg() != c.pass.Pkg && !c.inModule(obj.Pkg().Path()) {
		return false
	}
	for _, test := range []string{"Mock", "Fake", "Stub", "mock", "fake", "stub"} {
		if strings.Contains(obj.Name(), test) {
			return false
		}
	}
	name := c.pass.Fset.Position(obj.Pos()).Filename
	return !strings.HasSuffix(name, "_test.go") && !c.generated(name, obj.Pos())
}

// generated reports whether a file was generated. That of another package is read as
// far as its package clause; one that is not there says it by its name.
func (c *checker) generated(name string, pos token.Pos) bool {
	is, known := c.generators[name]
	if !known {
		file := c.file(pos)
		if file == nil {
			file, _ = parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly|parser.ParseComments)
		}
		if file == nil {
			file = new(ast.File)
		}
		is = report.IsGenerated(file, name)
		c.generators[name] = is
	}
	return is
}

// inModule reports whether another package is of this module. nogo does not tell
// modules: there the setting own says it.
func (c *checker) inModule(path string) bool {
	module := c.pass.Module
	if module == nil || module.Path == "" {
		return program.Worth(path, nil)
	}
	return strings.HasPrefix(path+"/", module.Path+"/")
}

func (c *checker) file(pos token.Pos) *ast.File {
	for _, f := range c.pass.Files {
		if f.FileStart <= pos && pos < f.FileEnd {
			return f
		}
	}
	return nil
}

// implemented returns the interfaces that a struct implements. They stand in its
// package, in this one, or in what its package imports. This one may be all that knows
// both the struct and the workflows: of what it imports, those that have good names
// are not like the struct by chance.
func (c *checker) implemented(named *types.Named) []*types.Named {
	pkgs := []*types.Package{named.Obj().Pkg()}
	add := func(pkg *types.Package) {
		if (pkg == c.pass.Pkg || c.inModule(pkg.Path())) && !slices.Contains(pkgs, pkg) {
			pkgs = append(pkgs, pkg)
		}
	}
	add(c.pass.Pkg)
	for _, pkg := range pkgs[0].Imports() {
		add(pkg)
	}
	near := len(pkgs)
	for _, pkg := range c.pass.Pkg.Imports() {
		add(pkg)
	}
	var some []*types.Named
	for i, pkg := range pkgs {
		for _, iface := range c.interfaces(pkg) {
			name := iface.Obj().Name()
			if (i < near || strings.HasSuffix(name, "Activities") || strings.HasSuffix(name, "Workflow")) && implements(named, iface) && c.own(iface.Obj()) {
				some = append(some, iface)
			}
		}
	}
	return some
}

// interfaces returns the interfaces that a package declares.
func (c *checker) interfaces(pkg *types.Package) []*types.Named {
	some, known := c.declared[pkg]
	if known {
		return some
	}
	for _, name := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
		if !ok || obj.IsAlias() {
			continue
		}
		named, ok := obj.Type().(*types.Named)
		if !ok {
			continue
		}
		iface, ok := named.Underlying().(*types.Interface)
		if ok && iface.IsMethodSet() && !iface.Empty() {
			some = append(some, named)
		}
	}
	c.declared[pkg] = some
	return some
}

// implements reports whether a struct implements an interface. That of a generic one is
// anybody's guess: methods of the same names and lengths will do.
func implements(named, n *types.Named) bool {
	iface := n.Underlying().(*types.Interface)
	if n.TypeParams().Len() == 0 {
		return types.Implements(types.NewPointer(named), iface)
	}
	set := types.NewMethodSet(types.NewPointer(named))
	for m := range iface.Methods() {
		sel := set.Lookup(m.Pkg(), m.Name())
		if sel == nil {
			return false
		}
		sig, ok := sel.Type().(*types.Signature)
		if !ok || sig.Params().Len() != m.Signature().Params().Len() || sig.Results().Len() != m.Signature().Results().Len() {
			return false
		}
	}
	return true
}

// activities returns the names of the methods that the SDK takes for activities: they
// return an error, and at most one result. It skips the others, or refuses them all.
func activities(t types.Type) []string {
	var names []string
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		sig, ok := set.At(i).Type().(*types.Signature)
		if !ok || !set.At(i).Obj().Exported() {
			continue
		}
		n := sig.Results().Len()
		if (n == 1 || n == 2) && syntax.IsErrorType(sig.Results().At(n-1).Type()) {
			names = append(names, set.At(i).Obj().Name())
		}
	}
	return names
}

// listing returns the interface that lists all of some methods of a struct, the one
// with the better name where several do. If there is none, it returns the one called
// XYZActivities that lists the most, and the methods that no such interface lists.
func (c *checker) listing(named *types.Named, methods []string) (all, most *types.Named, missing []string) {
	missing = methods
	best := 0
	for _, iface := range c.implemented(named) {
		listed := activities(iface)
		isNamed := strings.HasSuffix(iface.Obj().Name(), "Activities")
		if len(listed) == len(methods) && (all == nil || isNamed && !strings.HasSuffix(all.Obj().Name(), "Activities")) {
			all = iface
		}
		if isNamed && len(listed) > 0 {
			if len(listed) > best {
				most, best = iface, len(listed)
			}
			missing = slices.DeleteFunc(slices.Clone(missing), func(name string) bool { return slices.Contains(listed, name) })
		}
	}
	return all, most, missing
}

// declaring is the interface that declares a workflow's method: the one with the
// better name, else the first.
func (c *checker) declaring(named *types.Named, method string) *types.Named {
	var best *types.Named
	for _, n := range c.implemented(named) {
		declares := false
		for m := range n.Underlying().(*types.Interface).Methods() {
			declares = declares || m.Name() == method && sdk.IsWorkflowCode(m.Signature())
		}
		if declares && (best == nil || strings.HasSuffix(n.Obj().Name(), "Workflow") && !strings.HasSuffix(best.Obj().Name(), "Workflow")) {
			best = n
		}
	}
	return best
}
