package syntax

import (
	"go/ast"
	"slices"
)

// CallOf returns the call whose function is x, or nil.
func CallOf(x ast.Expr, stack []ast.Node) *ast.CallExpr {
	for i := len(stack) - 1; i >= 0; i-- {
		switch parent := stack[i].(type) {
		case *ast.ParenExpr:
			x = parent
		case *ast.IndexExpr:
			if parent.X != x {
				return nil
			}
			x = parent
		case *ast.IndexListExpr:
			x = parent
		case *ast.CallExpr:
			if parent.Fun == x {
				return parent
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// IsRead reports whether the value of x, or an element of it, is used where it stands: it is not
// assigned, appended to, or measured.
func IsRead(x ast.Expr, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch parent := stack[i].(type) {
		case *ast.IndexExpr:
			if parent.X == x {
				x = parent
				continue
			}
		case *ast.AssignStmt:
			return !slices.Contains(parent.Lhs, x)
		case *ast.CallExpr:
			id := Ident(parent.Fun)
			return id == nil || len(parent.Args) == 0 || parent.Args[0] != x || !slices.Contains(keepers, id.Name)
		}
		return true
	}
	return true
}

// keepers are built-in functions that use no element of their first argument.
var keepers = []string{"append", "len", "cap", "delete", "clear"}

// GivenToGo reports whether the innermost node is a call of a method Go, like that of
// sync.WaitGroup and of errgroup.
func GivenToGo(stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	call, ok := stack[len(stack)-1].(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (sel.Sel.Name == "Go" || sel.Sel.Name == "TryGo")
}
