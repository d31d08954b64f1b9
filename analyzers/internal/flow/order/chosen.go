package order

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// chosen reports whether an assignment is made for the one element that a condition in the
// loop finds, whichever comes first: the one that equals something, the largest.
func (b *body) chosen(x ast.Node) bool {
	for y := x; y != b.body && y != nil; y = b.parent[y] {
		switch z := b.parent[y].(type) {
		case *ast.IfStmt:
			if z.Body == y && b.selects(z.Cond) || z.Else == y {
				return true
			}
		case *ast.CaseClause:
			return true
		}
	}
	return false
}

// selects reports whether a condition is true of one element, or compares with what was
// found before.
func (b *body) selects(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.BinaryExpr:
			switch x.Op {
			case token.EQL:
				found = found || b.depends(x.X) != b.depends(x.Y) && !isNilOrZero(b.info, x.X) && !isNilOrZero(b.info, x.Y)
			case token.LSS, token.LEQ, token.GTR, token.GEQ:
				found = found || b.mentionsWritten(x.X) || b.mentionsWritten(x.Y)
			}
		case *ast.CallExpr:
			found = found || comparing(x) && (b.mentionsWritten(x.Fun) || b.argsMentionWritten(x))
		}
		return !found
	})
	return found
}

func isNilOrZero(info *types.Info, x ast.Expr) bool {
	if syntax.IsNil(x) {
		return true
	}
	tv := info.Types[x]
	if tv.Value == nil {
		return false
	}
	s := tv.Value.ExactString()
	return s == `""` || s == "0" || s == "true" || s == "false"
}

// comparing reports whether a call compares by the name of its function.
func comparing(call *ast.CallExpr) bool {
	name := types.ExprString(call.Fun)
	name = strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	for _, verb := range []string{"before", "after", "cmp", "compare", "less", "equal", "greater", "better", "newer", "older"} {
		if strings.Contains(name, verb) {
			return true
		}
	}
	return false
}

func (b *body) mentionsWritten(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			v, _ := b.info.Uses[id].(*types.Var)
			found = found || v != nil && b.written[v]
		}
		return !found
	})
	return found
}

func (b *body) argsMentionWritten(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if b.mentionsWritten(arg) {
			return true
		}
	}
	return false
}
