package effects

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
)

// deletion is a DELETE on a table, or the creation of a temporary one.
type deletion struct {
	pos, until token.Pos // it has happened between them
	nth        int       // statement of its text
	table      string
	tx         types.Object // that it is part of
	temp       bool
}

// addDelete notes a deletion by what the expressions in on run. The stack leads to
// its position.
func (p *pkg) addDelete(n *node, d deletion, on []ast.Node, stack []ast.Node) {
	if d.table == "" {
		return
	}
	d.tx = p.transaction(n, on)
	d.until = n.body.End()
	if block := leavingBlock(stack); block != nil {
		d.until = block.End()
	}
	n.deletes = append(n.deletes, d)
}

// leavingBlock is the innermost block of a stack, but for the function's, from which
// nothing gets to what stands behind it.
func leavingBlock(stack []ast.Node) ast.Node {
	for i := len(stack) - 1; i > 0; i-- {
		var list []ast.Stmt
		switch block := stack[i].(type) {
		case *ast.BlockStmt:
			list = block.List
		case *ast.CaseClause:
			list = block.Body
		}
		if len(list) == 0 {
			continue
		}
		switch list[len(list)-1].(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			return stack[i]
		}
	}
	return nil
}

// deletedBefore reports whether the rows are deleted first, in the same function
// and transaction, or the table is a temporary one.
func (p *pkg) deletedBefore(n *node, in insertion) bool {
	var tx types.Object
	asked := false
	for outer := n; outer != nil; outer = outer.outer {
		for _, d := range outer.deletes {
			if !strings.EqualFold(d.table, in.table) || in.use < d.pos || in.use >= d.until {
				continue
			}
			switch {
			case d.pos == in.use: // two statements of one text
				if d.nth < in.nth {
					return true
				}
			case d.temp:
				return true
			case d.tx != nil:
				if !asked {
					tx, asked = p.transaction(n, in.on), true
				}
				if d.tx == tx {
					return true
				}
			}
		}
	}
	return false
}

// transaction is what stands for the transaction that expressions run in: the first
// variable, field or function in them that holds one, or that was made from one.
func (p *pkg) transaction(n *node, on []ast.Node) types.Object {
	for n.outer != nil {
		n = n.outer
	}
	made := p.madeFromTx(n)
	for _, x := range on {
		if tx := p.transactionIn(x, made); tx != nil {
			return tx
		}
	}
	return nil
}

func (p *pkg) transactionIn(x ast.Node, made map[types.Object]types.Object) types.Object {
	var tx types.Object
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.Ident:
			obj := p.info.ObjectOf(x)
			if tx != nil || obj == nil {
				return false
			}
			if from, ok := made[obj]; ok {
				tx = from
				return false
			}
			switch obj := obj.(type) {
			case *types.Var:
				if isTx(obj.Type()) {
					tx = obj
				}
			case *types.Func: // txFrom(ctx)
				if r := obj.Signature().Results(); r.Len() > 0 && isTx(r.At(0).Type()) {
					tx = obj
				}
			}
		}
		return tx == nil
	})
	return tx
}

// txName matches the functions that run a closure in a transaction.
var txName = regexp.MustCompile(`^tx|Tx|TX|[Tt]ransaction`)

// madeFromTx says which variables of a function are made from a transaction, and
// from which, as in q := queries.WithTx(tx). What the parameters of a closure are
// made from is not known: execTx(ctx, func(q *Queries) error { ... }). Its context
// may hold the transaction.
func (p *pkg) madeFromTx(n *node) map[types.Object]types.Object {
	if made, ok := p.fromTx[n]; ok {
		return made
	}
	made := make(map[types.Object]types.Object)
	p.fromTx[n] = made
	ast.Inspect(n.body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			v := p.localVar(x.Lhs[0])
			if v == nil || len(x.Rhs) != 1 || isTx(v.Type()) {
				return true
			}
			if tx := p.transactionIn(x.Rhs[0], made); tx != nil && tx != v {
				made[v] = tx
			}
		case *ast.CallExpr:
			if fn := roles.Callee(p.info, x); fn != nil && txName.MatchString(fn.Name()) {
				p.closureParams(x, made)
			}
		}
		return true
	})
	return made
}

func (p *pkg) closureParams(call *ast.CallExpr, made map[types.Object]types.Object) {
	for _, arg := range call.Args {
		lit, ok := ast.Unparen(arg).(*ast.FuncLit)
		if !ok {
			continue
		}
		for _, field := range lit.Type.Params.List {
			for _, name := range field.Names {
				if v := p.info.Defs[name]; v != nil {
					made[v] = v
				}
			}
		}
	}
}

// isTx reports whether t is a transaction, or a batch, which is one unless it is
// part of one. gorm's is a *gorm.DB like any other.
func isTx(t types.Type) bool {
	if named, ok := types.Unalias(deref(t)).(*types.Named); ok && named.Obj().Pkg() != nil {
		switch path, name := named.Obj().Pkg().Path(), named.Obj().Name(); {
		case path == "gorm.io/gorm" && name == "DB":
			return true
		case name == "Batch" && strings.HasPrefix(path, "github.com/jackc/pgx"):
			return true
		}
	}
	for _, name := range []string{"Commit", "Rollback"} {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		if _, ok := obj.(*types.Func); ok {
			return true
		}
	}
	return false
}

// findDeletions looks at the calls of functions of this package that delete: a
// DELETE in one is as good as one here if it is given the same transaction.
func (p *pkg) findDeletions() {
	for _, n := range p.nodes {
		by := make(map[*ast.CallExpr][]deletion)
		for _, e := range n.edges {
			if e.call != nil && e.to != nil && e.to != n && len(e.to.deletes) > 0 {
				by[e.call] = e.to.deletes
			}
		}
		if len(by) > 0 {
			p.deletionsBy(n, by)
		}
	}
}

func (p *pkg) deletionsBy(n *node, by map[*ast.CallExpr][]deletion) {
	ast.PreorderStack(n.body, nil, func(x ast.Node, stack []ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			for _, d := range by[x] {
				p.addDelete(n, deletion{pos: x.Pos(), table: d.table, temp: d.temp}, []ast.Node{x}, stack)
			}
		}
		return true
	})
	// What was found before is taken back.
	for _, in := range n.inserts {
		if p.deletedBefore(n, in) {
			n.sites = slices.DeleteFunc(n.sites, func(s *site) bool {
				return s.effect.Kind == Insert && s.pos == in.pos && s.effect.What == in.table
			})
		}
	}
}

// passes reports whether an effect of what an edge leads to is one of the edge's
// node. The rows that sqlc's methods insert may be gone as others are.
func (p *pkg) passes(n *node, e edge, effect *Effect) bool {
	if effect.Kind&e.mask != 0 {
		return false
	}
	if effect.Kind != Insert {
		return true
	}
	if e.call == nil {
		return p.selects(e, effect)
	}
	return !p.deletedBefore(n, insertion{use: e.call.Pos(), table: effect.What, on: []ast.Node{e.call}})
}

// tables are those that a function deletes from, sorted.
func (n *node) tables() []string {
	var all []string
	for _, d := range n.deletes {
		all = append(all, d.table)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
