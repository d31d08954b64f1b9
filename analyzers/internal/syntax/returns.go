package syntax

import (
	"go/ast"
	"iter"
)

// Returns are the return statements of a body, in order; those of closures in it are not.
func Returns(body ast.Node) iter.Seq[*ast.ReturnStmt] {
	return func(yield func(*ast.ReturnStmt) bool) {
		more := true
		ast.Inspect(body, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				more = more && yield(x)
			}
			return more
		})
	}
}
