package order_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers/internal/flow/order"
)

// calls know the functions command and wait of the test's file.
func calls() order.Calls {
	named := func(call *ast.CallExpr, name string) bool {
		id, ok := call.Fun.(*ast.Ident)
		return ok && id.Name == name
	}
	return order.Calls{
		Called: func(call *ast.CallExpr) order.Meaning {
			switch {
			case named(call, "command"):
				return order.Sensitive
			case named(call, "wait"):
				return order.Waits
			}
			return order.Nothing
		},
		Given: func(call *ast.CallExpr, _ int) order.Meaning {
			if named(call, "command") {
				return order.Sensitive
			}
			return order.Nothing
		},
		Unordered: func(*ast.CallExpr) bool { return false },
	}
}

func TestOf(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "testdata/cases.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := conf.Check("cases", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, decl := range file.Decls {
		fd, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		_, want, ok := strings.Cut(fd.Doc.Text(), "want: ")
		if !ok {
			continue
		}
		n++
		result := order.Of(info, fd, calls())
		var got []string
		for _, f := range result.Findings {
			got = append(got, f.Reaches)
		}
		if result.Returned {
			got = append(got, "returned")
		}
		if got == nil {
			got = []string{"nothing"}
		}
		if s := strings.Join(got, ", "); s != strings.TrimSpace(want) {
			t.Errorf("%s: %s, want %s", fd.Name.Name, s, want)
		}
	}
	if n < 30 {
		t.Errorf("only %d cases", n)
	}
}
