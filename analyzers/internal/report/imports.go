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
	// at pos the name may be another's, such as a parameter's.
	at := func(name string) types.Object {
		scope := pass.Pkg.Scope().Innermost(pos)
		if scope == nil {
			return nil
		}
		_, obj := scope.LookupParent(name, pos)
		return obj
	}
	for _, f := range pass.Files {
		here := f.FileStart <= pos && pos < f.FileEnd
		if here {
			file = f
		}
		for _, spec := range f.Imports {
			if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != importPath {
				continue
			}
			local := path.Base(importPath)
			if spec.Name != nil {
				local = spec.Name.Name
			}
			if local == "_" || local == "." {
				continue
			}
			known = true
			if here {
				_, imported := at(local).(*types.PkgName)
				return local, nil, imported
			}
		}
	}
	if !known || file == nil {
		return "", nil, false
	}
	name = path.Base(importPath)
	if pass.Pkg.Scope().Lookup(name) != nil || at(name) != nil {
		return "", nil, false
	}
	for _, spec := range file.Imports {
		if p := pass.TypesInfo.PkgNameOf(spec); p != nil && p.Name() == name {
			return "", nil, false
		}
	}
	for _, d := range file.Decls {
		if decl, ok := d.(*ast.GenDecl); ok && decl.Tok == token.IMPORT && decl.Rparen.IsValid() {
			text := "\t" + strconv.Quote(importPath) + "\n"
			if line := pass.Fset.Position(decl.Rparen).Line; len(decl.Specs) > 0 && line == pass.Fset.Position(decl.Specs[len(decl.Specs)-1].End()).Line {
				text = "\n" + text
			}
			return name, []analysis.TextEdit{{Pos: decl.Rparen, End: decl.Rparen, NewText: []byte(text)}}, true
		}
	}
	return name, []analysis.TextEdit{{Pos: file.Name.End(), End: file.Name.End(), NewText: []byte("\n\nimport " + strconv.Quote(importPath))}}, true
}
