package syntax

import "go/ast"

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

// IsAssigned reports whether x is what an assignment writes to.
func IsAssigned(x ast.Expr, stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	if a, ok := stack[len(stack)-1].(*ast.AssignStmt); ok {
		for _, lhs := range a.Lhs {
			if lhs == x {
				return true
			}
		}
	}
	return false
}

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
