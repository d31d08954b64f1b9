package sqltext

import (
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// embedded is the text of the file that a variable's //go:embed comment names: the only one, or
// that with a name.
func (e *Evaluator) embedded(v *types.Var, name string, use token.Pos) []Text {
	if e.Fset == nil {
		return hole(use)
	}
	dir, names := syntax.Embedded(e.Fset, e.files, v)
	if name != "" {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if !slices.ContainsFunc(names, func(have string) bool {
			return have == name || strings.HasPrefix(name, have+string(filepath.Separator))
		}) {
			return hole(use)
		}
		names = []string{name}
	}
	if len(names) != 1 {
		return hole(use)
	}
	if info, err := os.Stat(names[0]); err != nil || !info.Mode().IsRegular() || info.Size() > maxText {
		return hole(use)
	}
	text, err := os.ReadFile(names[0])
	if err != nil {
		return hole(use)
	}
	return one(string(text), use)
}

// readEmbedded evaluates files.ReadFile("name") of an embed.FS.
func (e *Evaluator) readEmbedded(call *ast.CallExpr, depth int) []Text {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return hole(call.Pos())
	}
	v := syntax.Var(e.info, sel.X)
	names := e.eval(call.Args[0], depth+1)
	if v == nil || len(names) != 1 {
		return hole(call.Pos())
	}
	return e.embedded(v, names[0].String(), call.Pos())
}
