package report

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// Import returns the name by which the file at pos can refer to a package that some
// file of the pass imports already, and the edits that import it into this one if it
// does not. Fixes use nothing that the package does not know: ok is false then.
func Import(pass *analysis.Pass, pos token.Pos, importPath string) (name string, edits []analysis.TextEdit, ok bool) {
	var file *ast.File
	known := false
	for _, f := range pass.Files {
		local, imports := localName(f, importPath)
		known = known || imports
		if f.FileStart <= pos && pos < f.FileEnd {
			if imports {
				_, imported := inScope(pass.Pkg, local, pos).(*types.PkgName)
				return local, nil, imported
			}
			file = f
		}
	}
	if !known || file == nil {
		return "", nil, false
	}
	name = path.Base(importPath)
	if pass.Pkg.Scope().Lookup(name) != nil || inScope(pass.Pkg, name, pos) != nil {
		return "", nil, false
	}
	for _, spec := range file.Imports {
		if p := pass.TypesInfo.PkgNameOf(spec); p != nil && p.Name() == name {
			return "", nil, false
		}
	}
	return name, []analysis.TextEdit{importEdit(pass.Fset, file, importPath)}, true
}

// localName is the name that a file has for a package.
func localName(file *ast.File, importPath string) (name string, ok bool) {
	for _, spec := range file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != importPath {
			continue
		}
		local := path.Base(importPath)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		if local != "_" && local != "." {
			return local, true
		}
	}
	return "", false
}

// inScope is what a name means at pos: it may be a parameter's there.
func inScope(pkg *types.Package, name string, pos token.Pos) types.Object {
	scope := pkg.Scope().Innermost(pos)
	if scope == nil {
		return nil
	}
	_, obj := scope.LookupParent(name, pos)
	return obj
}

// importEdit adds an import to the file's first group, or makes one.
func importEdit(fset *token.FileSet, file *ast.File, importPath string) analysis.TextEdit {
	for _, d := range file.Decls {
		if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.IMPORT && decl.Rparen.IsValid() {
			text := "\t" + strconv.Quote(importPath) + "\n"
			if line := fset.Position(decl.Rparen).Line; len(decl.Specs) > 0 && line == fset.Position(decl.Specs[len(decl.Specs)-1].End()).Line {
				text = "\n" + text
			}
			return analysis.TextEdit{Pos: decl.Rparen, End: decl.Rparen, NewText: []byte(text)}
		}
	}
	return analysis.TextEdit{Pos: file.Name.End(), End: file.Name.End(), NewText: []byte("\n\nimport " + strconv.Quote(importPath))}
}
