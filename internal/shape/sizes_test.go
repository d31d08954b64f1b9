package shape

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Limits on what one can keep in mind. What grows past them needs a design, not another file.
const (
	maxRoom     = 2500 // lines of a package
	maxFile     = 400
	maxFunction = 80
)

// Have: rooms, files and functions are of a size that one can read. Tests, generated code and the
// corpus are left out; make shape has the complexity of functions.
func TestSizes(t *testing.T) {
	rooms := make(map[string]int)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || path == "../../examples" || strings.HasPrefix(d.Name(), ".git")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, path, src, parser.ParseComments)
		if err != nil {
			return err
		}
		if ast.IsGenerated(file) {
			return nil
		}
		lines := bytes.Count(src, []byte("\n"))
		rooms[filepath.Dir(path)] += lines
		if lines > maxFile {
			t.Errorf("%s has %d lines, more than %d", path, lines, maxFile)
		}
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1; n > maxFunction {
				t.Errorf("%s: %s has %d lines, more than %d", path, fn.Name.Name, n, maxFunction)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for room, lines := range rooms {
		if lines > maxRoom {
			t.Errorf("%s has %d lines, more than %d", room, lines, maxRoom)
		}
	}
	if len(rooms) < 50 {
		t.Errorf("only %d rooms", len(rooms))
	}
}
