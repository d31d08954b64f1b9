package sqltext

import (
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// FuzzEval reads whatever parses as the body of a function: no panic, and no text that
// is longer than what Parse reads.
func FuzzEval(f *testing.F) {
	for _, body := range []string{
		`q := "INSERT INTO t"; q += " VALUES (1)"; _ = q`,
		`_ = "a" + fmt.Sprintf("%[2]s %s %%", s, "INSERT") + strings.Join([]string{s, "b"}, ",")`,
		`var b strings.Builder; b.WriteString("INSERT"); for range 3 { b.WriteString(s) }; _ = b.String()`,
		`x := s; x = x + x; if s == "" { x = "c" } else { x += "d" }; _ = x`,
		`f := func() string { return "e" }; _ = f() + h(s) + strings.Repeat("g", n)`,
		`_ = fmt.Sprintf("%*d %v", n, n, s, s) + string([]byte(s)) + fmt.Sprint("a", 1)`,
	} {
		f.Add(body)
	}
	fset := token.NewFileSet()
	imp := importer.ForCompiler(fset, "source", nil)
	f.Fuzz(func(t *testing.T, body string) {
		file, err := parser.ParseFile(fset, "f.go", "package p\nimport (\"fmt\"; \"strings\")\nvar _, _ = fmt.Sprint, strings.Join\nfunc h(s string) string { return \"h\" + s }\nfunc f(s string, n int) {\n"+body+"\n}\n", 0)
		if err != nil {
			return
		}
		info := &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
			Selections: make(map[*ast.SelectorExpr]*types.Selection), Instances: make(map[*ast.Ident]types.Instance),
		}
		config := types.Config{Importer: imp, Error: func(error) {}}
		config.Check("p", fset, []*ast.File{file}, info) // an error leaves types that are invalid, as odd code does
		e := NewEvaluator(info, []*ast.File{file})
		ast.Inspect(file, func(n ast.Node) bool {
			if x, ok := n.(ast.Expr); ok {
				if b, ok := info.TypeOf(x).(*types.Basic); ok && b.Info()&types.IsString != 0 {
					texts := e.Eval(x)
					// What the compiler takes for a constant comes out as it is.
					if v := info.Types[x].Value; v != nil && v.Kind() == constant.String && (len(texts) != 1 || texts[0].String() != constant.StringVal(v)) {
						t.Errorf("%q evaluates to %q, not %v", body, texts, v)
					}
					for _, text := range texts {
						if s := text.String(); len(s) > maxText && !strings.Contains(body, "Repeat") {
							t.Errorf("%q makes a text of %d bytes", body, len(s))
						}
					}
				}
			}
			return true
		})
	})
}
