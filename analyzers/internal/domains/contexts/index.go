package contexts

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// An index is what a package assigns to variables that hold contexts and options.
type index struct {
	info     *types.Info
	assigned map[*types.Var][]assignment // in the order of the text
	declared map[*types.Var]*ast.Ident   // without a value
	fields   map[*types.Var][]string     // assigned one by one
	shared   map[*types.Var]bool         // whose address is taken
	given    map[*ast.FuncLit]*ast.CallExpr
}

// An assignment gives a variable a value; value is nil if it is not an expression of its own.
type assignment struct {
	value  ast.Expr
	pos    token.Pos    // where it takes effect
	around []ast.Node   // blocks and clauses, the innermost last
	lit    *ast.FuncLit // that it stands in
	loops  []ast.Node
}

func newIndex(info *types.Info) *index {
	return &index{
		info: info, assigned: make(map[*types.Var][]assignment), declared: make(map[*types.Var]*ast.Ident),
		fields: make(map[*types.Var][]string), shared: make(map[*types.Var]bool), given: make(map[*ast.FuncLit]*ast.CallExpr),
	}
}

func holds(v *types.Var) bool {
	return v != nil && !v.IsField()
}

// read notes the assignments of a body and its closures.
func (ix *index) read(body ast.Node) {
	ast.PreorderStack(body, nil, func(x ast.Node, stack []ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			ix.assign(x, stack)
		case *ast.ValueSpec:
			for i, name := range x.Names {
				v, _ := ix.info.Defs[name].(*types.Var)
				switch {
				case !holds(v):
				case i < len(x.Values):
					ix.add(v, x.Values[i], x.End(), stack)
				case len(x.Values) == 0:
					ix.declared[v] = name
				default:
					ix.add(v, first(x.Values, i), x.End(), stack)
				}
			}
		case *ast.UnaryExpr:
			if v := syntax.Var(ix.info, x.X); x.Op == token.AND && v != nil {
				ix.shared[v] = true
			}
		case *ast.CallExpr:
			for _, arg := range x.Args {
				if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok {
					ix.given[lit] = x
				}
			}
		}
		return true
	})
}

// first is the call of "v, err := f()" for v.
func first(values []ast.Expr, i int) ast.Expr {
	if len(values) == 1 && i == 0 {
		return values[0]
	}
	return nil
}

func (ix *index) assign(a *ast.AssignStmt, stack []ast.Node) {
	for i, lhs := range a.Lhs {
		if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok {
			if v := syntax.Var(ix.info, sel.X); v != nil {
				ix.fields[v] = append(ix.fields[v], sel.Sel.Name)
			}
			continue
		}
		v := syntax.Var(ix.info, lhs)
		if !holds(v) {
			continue
		}
		value := first(a.Rhs, i)
		if len(a.Rhs) == len(a.Lhs) {
			value = a.Rhs[i]
		}
		ix.add(v, value, a.End(), stack)
	}
}

func (ix *index) add(v *types.Var, value ast.Expr, pos token.Pos, stack []ast.Node) {
	a := assignment{value: value, pos: pos}
	for _, outer := range stack {
		switch outer := outer.(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			a.around = append(a.around, outer)
		case *ast.FuncLit:
			a.lit = outer
		case *ast.ForStmt, *ast.RangeStmt:
			a.loops = append(a.loops, outer)
		case *ast.IfStmt:
			if outer.Init != nil && contains(outer.Init, pos-1) {
				a.around = append(a.around, outer)
			}
		}
	}
	ix.assigned[v] = append(ix.assigned[v], a)
}

func contains(x ast.Node, pos token.Pos) bool { return x.Pos() <= pos && pos < x.End() }

// reaching is the assignment whose value a variable has at a place. It is sure if that is the
// only one that can: no other in a branch between, none later in a loop, and none after a
// closure that may run later.
func (ix *index) reaching(v *types.Var, pos token.Pos, n *callgraph.Node) (a assignment, found, sure bool) {
	if ix.shared[v] {
		return a, false, false
	}
	list := ix.assigned[v]
	for i := len(list) - 1; i >= 0; i-- {
		c := list[i]
		if c.pos > pos {
			for _, loop := range c.loops {
				if contains(loop, pos) && !contains(loop, v.Pos()) {
					return a, false, false
				}
			}
			if captured(v, n) {
				return a, false, false
			}
			continue
		}
		if c.lit != nil && !contains(c.lit, pos) {
			return a, false, false // a closure assigns it, whenever it runs
		}
		if len(c.around) == 0 || contains(c.around[len(c.around)-1], pos) {
			return c, true, true
		}
		return a, false, false
	}
	return a, false, true
}

// captured reports whether a closure uses a variable that it does not declare.
func captured(v *types.Var, n *callgraph.Node) bool {
	return n.Lit != nil && !contains(n.Lit, v.Pos())
}
