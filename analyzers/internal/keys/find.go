package keys

import (
	"go/types"
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
	slash := strings.LastIndexByte(name, '/')
	dot := strings.IndexByte(name[slash+1:], '.')
	if dot < 0 {
		return nil
	}
	found := FindPackage(pkg, name[:slash+1+dot])
	if found == nil {
		return nil
	}
	typeName, method, isMethod := strings.Cut(name[slash+1+dot+1:], ".")
	obj := found.Scope().Lookup(typeName)
	if obj != nil && isMethod {
		obj, _, _ = types.LookupFieldOrMethod(types.NewPointer(obj.Type()), true, found, method)
	}
	return obj
}
