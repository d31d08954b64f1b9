package syntax

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
)

// Embedded returns the names of the files that a variable's //go:embed comment matches, and the
// folder that the comment's patterns are relative to. Files are those of the variable's package.
func Embedded(fset *token.FileSet, files []*ast.File, v *types.Var) (dir string, names []string) {
	for _, file := range files {
		if v.Pos() < file.FileStart || file.FileEnd < v.Pos() {
			continue
		}
		dir = filepath.Dir(fset.File(file.FileStart).Name())
		for _, d := range file.Decls {
			if decl, ok := d.(*ast.GenDecl); ok && decl.Pos() <= v.Pos() && v.Pos() <= decl.End() {
				return dir, matched(dir, commentOf(decl, v))
			}
		}
	}
	return dir, nil
}

// commentOf is the comment of a variable in a declaration, or nil.
func commentOf(decl *ast.GenDecl, v *types.Var) *ast.CommentGroup {
	for _, spec := range decl.Specs {
		if vs, ok := spec.(*ast.ValueSpec); ok && vs.Pos() <= v.Pos() && v.Pos() <= vs.End() && vs.Doc != nil {
			return vs.Doc
		}
	}
	return decl.Doc
}

func matched(dir string, comment *ast.CommentGroup) []string {
	if comment == nil {
		return nil
	}
	var names []string
	for _, c := range comment.List {
		patterns, ok := strings.CutPrefix(c.Text, "//go:embed ")
		if !ok {
			continue
		}
		for _, pattern := range strings.Fields(patterns) {
			pattern = strings.TrimPrefix(strings.Trim(pattern, "\"`"), "all:")
			if found, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern))); err == nil {
				names = append(names, found...)
			}
		}
	}
	return names
}
