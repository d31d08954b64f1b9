package keys

import (
	"go/types"
	"iter"
	"strings"
)

// FindPackage returns the package with a path, among pkg and all that it imports; nil if it is
// not there.
func FindPackage(pkg *types.Package, path string) *types.Package {
	if Path(pkg) == path {
		return pkg
	}
	seen := make(map[*types.Package]bool)
	var search func(pkg *types.Package) *types.Package
	search = func(pkg *types.Package) *types.Package {
		for _, imp := range pkg.Imports() {
			if seen[imp] || IsStd(imp.Path()) {
				continue
			}
			seen[imp] = true
			if Path(imp) == path {
				return imp
			}
			if found := search(imp); found != nil {
				return found
			}
		}
		return nil
	}
	return search(pkg)
}

// FindObject returns "path/to/pkg.Name" or "path/to/pkg.Type.Method", among pkg and all that it
// imports, or nil. Compiled export data has what is exported, and what that mentions.
func FindObject(pkg *types.Package, name string) types.Object {
	for path := range Paths(name) {
		if found := FindPackage(pkg, path); found != nil {
			return lookup(found, name[len(path)+1:])
		}
	}
	return nil
}

// Paths are the paths that the package of "path/to/pkg.Name" may have: most have no dot behind
// their last slash, but "gopkg.in/yaml.v3" has.
func Paths(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(name, '/') + 1; i < len(name); i++ {
			if name[i] == '.' && !yield(name[:i]) {
				return
			}
		}
	}
}

func lookup(found *types.Package, name string) types.Object {
	typeName, method, isMethod := strings.Cut(name, ".")
	obj := found.Scope().Lookup(typeName)
	if obj != nil && isMethod {
		obj, _, _ = types.LookupFieldOrMethod(types.NewPointer(obj.Type()), true, found, method)
	}
	return obj
}
