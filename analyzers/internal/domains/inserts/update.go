package inserts

import (
	"go/ast"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// words are those of SQL text that may be columns.
var words = regexp.MustCompile(`\w+`)

// builtUpdate notes an UPDATE that a library builds as a marker, if it changes a row from one state to
// another: a column that it sets is also what it asks for.
func (p *reader) builtUpdate(n *callgraph.Node, call *ast.CallExpr, fn *types.Func, stack []ast.Node) {
	var c chain
	switch path := fn.Pkg().Path(); {
	case path == "gorm.io/gorm" && strings.HasPrefix(fn.Name(), "Update"):
		c = p.downwards(n, call)
		c.calls = append(c.calls, call)
	case path == "github.com/uptrace/bun" && fn.Name() == "NewUpdate", strings.HasPrefix(path, "github.com/Masterminds/squirrel") && fn.Name() == "Update", strings.HasPrefix(path, "github.com/doug-martin/goqu") && fn.Name() == "Update":
		c = p.upwards(n, call, stack)
	default:
		return
	}
	asked := make(map[string]bool)
	for _, where := range c.named("Where", "WhereOr", "Not") {
		for _, arg := range where.Args {
			for _, name := range p.columns(arg) {
				asked[name] = true
			}
		}
	}
	for _, set := range c.named("Set", "SetMap", "Update", "Updates", "UpdateColumn", "UpdateColumns") {
		for i, arg := range set.Args { // the first begins with a column: Set("state = ?", "paid")
			names := p.columns(arg)
			if len(names) > 0 && (i == 0 && asked[names[0]] || syntax.Composite(arg) != nil && slices.ContainsFunc(names, func(name string) bool { return asked[name] })) {
				p.markers.Note(n, call, stack)
				return
			}
		}
	}
}

// columns are the words of the texts in an expression, and the names of the fields of its literals, in
// lower case.
func (p *reader) columns(x ast.Expr) []string {
	var all []string
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.KeyValueExpr:
			if id, ok := x.Key.(*ast.Ident); ok {
				all = append(all, strings.ToLower(id.Name))
			}
		case ast.Expr:
			if text := p.constant(x); text != "" {
				all = append(all, words.FindAllString(strings.ToLower(text), -1)...)
				return false
			}
		}
		return true
	})
	return all
}
