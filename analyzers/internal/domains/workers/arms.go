package workers

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An arm is a branch of a statement.
type arm struct {
	branch ast.Stmt
	index  int
	leaves bool   // what follows the statement is another branch
	cond   string // of an if, where it holds
}

// excludes reports whether only one of two registrations is ever run.
func (r *registration) excludes(other *registration) bool {
	if r.base != nil && other.base != nil && r.base != other.base {
		return true // of two values of one type
	}
	for _, a := range r.arms {
		same := false
		for _, b := range other.arms {
			if a.cond != "" && b.cond == "!"+a.cond {
				return true
			}
			if a.branch == b.branch {
				if a.index != b.index {
					return true
				}
				same = true
			}
		}
		if a.leaves && !same && other.pos > a.branch.End() {
			return true
		}
	}
	return false
}

// armsOf returns the branches around a node.
func armsOf(stack []ast.Node) []arm {
	var arms []arm
	for i, n := range stack {
		if i+1 == len(stack) {
			break
		}
		switch n := n.(type) {
		case *ast.IfStmt:
			switch stack[i+1] {
			case n.Body:
				arms = append(arms, arm{n, 0, syntax.Stops(n.Body.List), types.ExprString(n.Cond)})
			case n.Else:
				arms = append(arms, arm{branch: n, index: 1})
			}
		case *ast.SwitchStmt:
			if i+2 < len(stack) {
				arms = append(arms, arm{branch: n, index: int(stack[i+2].Pos())})
			}
		case *ast.TypeSwitchStmt:
			if i+2 < len(stack) {
				arms = append(arms, arm{branch: n, index: int(stack[i+2].Pos())})
			}
		}
	}
	return arms
}
