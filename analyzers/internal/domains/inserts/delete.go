package inserts

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// deletion is a DELETE on a table, or the creation of a temporary one.
type deletion struct {
	pos, until token.Pos // it has happened between them
	nth        int       // statement of its text
	table      string
	tx         types.Object // that it is part of
	fresh      bool         // the table is new: it is temporary, or made here
}

// addDelete notes a deletion by what the expressions in on run. The stack leads to
// its position.
func (p *reader) addDelete(n *callgraph.Node, d deletion, on []ast.Node, stack []ast.Node) {
	if d.table == "" {
		return
	}
	d.tx = p.transaction(n, on)
	d.until = holdsUntil(n, stack)
	b := p.body(n)
	b.deletes = append(b.deletes, d)
}

// holdsUntil is how far what is done at the end of a stack has been done before.
func holdsUntil(n *callgraph.Node, stack []ast.Node) token.Pos {
	if block := leavingBlock(stack); block != nil {
		return block.End()
	}
	return n.Body.End()
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
func (p *reader) deletedBefore(n *callgraph.Node, in insertion) bool {
	var tx types.Object
	asked := false
	for outer := n; outer != nil; outer = outer.Outer {
		for _, d := range p.body(outer).deletes {
			if !sqltext.SameTable(d.table, in.table) || in.use < d.pos || in.use >= d.until {
				continue
			}
			switch {
			case d.pos == in.use: // two statements of one text
				if d.nth < in.nth {
					return true
				}
			case d.fresh, outer.Init: // steps of a table, which run in order
				return true
			case d.tx != nil:
				if !asked {
					tx, asked = p.transaction(n, in.on), true
				}
				if d.tx == tx || p.mentions(in.on, d.tx) {
					return true
				}
			}
		}
	}
	return false
}

// transaction is what stands for the transaction that expressions run in: the first
// variable, field or function in them that holds one, or that was made from one.
func (p *reader) transaction(n *callgraph.Node, on []ast.Node) types.Object {
	for n.Outer != nil {
		n = n.Outer
	}
	made := p.madeFromTx(n)
	for _, x := range on {
		if tx := p.transactionIn(x, made); tx != nil {
			return tx
		}
	}
	return nil
}

func (p *reader) transactionIn(x ast.Node, made map[types.Object]types.Object) types.Object {
	var tx types.Object
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.Ident:
			obj := p.Info.ObjectOf(x)
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
func (p *reader) madeFromTx(n *callgraph.Node) map[types.Object]types.Object {
	if made, ok := p.fromTx[n]; ok {
		return made
	}
	made := make(map[types.Object]types.Object)
	p.fromTx[n] = made
	ast.Inspect(n.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			v := syntax.Var(p.Info, x.Lhs[0])
			if v == nil || len(x.Rhs) != 1 || isTx(v.Type()) {
				return true
			}
			if tx := p.transactionIn(x.Rhs[0], made); tx != nil && tx != v {
				made[v] = tx
			}
		case *ast.CallExpr:
			fn := syntax.Callee(p.Info, x)
			p.closureParams(x, fn != nil && txName.MatchString(fn.Name()), made)
			if fn != nil && fn.Name() == "SendBatch" && len(x.Args) == 2 {
				if batch, tx := syntax.Var(p.Info, addressed(x.Args[1])), p.transactionIn(x.Fun, made); batch != nil && tx != nil {
					made[batch] = tx
				}
			}
		}
		return true
	})
	return made
}

// closureParams notes what closures are given to run statements on; a context only by a function that
// is called after transactions.
func (p *reader) closureParams(call *ast.CallExpr, inTx bool, made map[types.Object]types.Object) {
	for _, arg := range call.Args {
		lit, ok := ast.Unparen(arg).(*ast.FuncLit)
		if !ok {
			continue
		}
		for _, field := range lit.Type.Params.List {
			for _, name := range field.Names {
				v := p.Info.Defs[name]
				if v == nil {
					continue
				}
				if _, basic := v.Type().Underlying().(*types.Basic); inTx || !basic && !syntax.IsContext(v.Type()) {
					made[v] = v
				}
			}
		}
	}
}

// isTx reports whether t is a transaction, or a batch, which is one unless it is
// part of one. gorm's is a *gorm.DB like any other. What an interface holds that runs statements and
// begins no transaction may be one: DBTX, sqlx.ExtContext.
func isTx(t types.Type) bool {
	if types.IsInterface(t) && hasMethod(t, "Exec", "ExecContext") && !hasMethod(t, "Begin", "BeginTx", "Ping", "PingContext", "Acquire") {
		return true
	}
	if named, ok := types.Unalias(syntax.Deref(t)).(*types.Named); ok && named.Obj().Pkg() != nil {
		switch path, name := named.Obj().Pkg().Path(), named.Obj().Name(); {
		case path == "gorm.io/gorm" && name == "DB":
			return true
		case path == "github.com/uptrace/bun" && name == "IDB":
			return true
		case name == "Batch" && strings.HasPrefix(path, "github.com/jackc/pgx"):
			return true
		}
	}
	return hasMethod(t, "Commit", "Rollback")
}

// hasMethod reports whether values of a type have one of some exported methods.
func hasMethod(t types.Type, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
		_, ok := obj.(*types.Func)
		return ok
	})
}

// findDeletions looks at the calls of functions of this package that delete: a
// DELETE in one is as good as one here if it is given the same transaction.
func (p *reader) findDeletions() {
	for _, n := range p.Nodes {
		by := make(map[*ast.CallExpr][]deletion)
		for i := range n.Edges {
			e := &n.Edges[i]
			if e.Call != nil && e.To != nil && e.To != n && len(p.body(e.To).deletes) > 0 {
				by[e.Call] = p.body(e.To).deletes
			}
		}
		if len(by) > 0 {
			p.deletionsBy(n, by)
		}
	}
}

func (p *reader) deletionsBy(n *callgraph.Node, by map[*ast.CallExpr][]deletion) {
	ast.PreorderStack(n.Body, nil, func(x ast.Node, stack []ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			for _, d := range by[x] {
				table := p.given(x, d.table)
				if table == "" {
					continue
				}
				p.addDelete(n, deletion{pos: x.Pos(), table: table, fresh: d.fresh}, []ast.Node{x}, stack)
				if last := &p.body(n).deletes[len(p.body(n).deletes)-1]; last.tx == nil && isFunc(d.tx) {
					last.tx = p.contextIn(x)
				}
			}
		}
		return true
	})
	// What was found before is taken back.
	for _, in := range p.body(n).inserts {
		if p.deletedBefore(n, in) {
			takeBack(n, in)
		}
	}
}

// parameter stands for the table of a deletion whose name a parameter is.
const parameter = "parameter "

// tableOf is the table of a statement whose text is given: a name, or the parameter that is one.
func (p *reader) tableOf(stmt sqltext.Statement, text sqltext.Text) string {
	if !strings.EqualFold(stmt.Table, sqltext.Hole) {
		return stmt.Table
	}
	for _, part := range text {
		if part.Param != nil {
			if _, i, ok := p.ParamOf(part.Param); ok {
				return parameter + strconv.Itoa(i)
			}
		}
	}
	return ""
}

// given is the table that a call's function deletes from: what the call gives it.
func (p *reader) given(call *ast.CallExpr, table string) string {
	index, isParam := strings.CutPrefix(table, parameter)
	if !isParam {
		return table
	}
	if i, err := strconv.Atoi(index); err == nil && i < len(call.Args) {
		return p.constant(call.Args[i])
	}
	return ""
}

// addressed is v in &v.
func addressed(x ast.Expr) ast.Expr {
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok && u.Op == token.AND {
		return u.X
	}
	return x
}

// isFunc reports whether a transaction comes from a function, which finds it in the context.
func isFunc(tx types.Object) bool {
	_, ok := tx.(*types.Func)
	return ok
}

// contextIn is the context that a call is given, or nil.
func (p *reader) contextIn(call *ast.CallExpr) types.Object {
	for _, arg := range call.Args {
		if v := syntax.Var(p.Info, arg); v != nil && syntax.IsContext(v.Type()) {
			return v
		}
	}
	return nil
}

func (p *reader) mentions(on []ast.Node, tx types.Object) bool {
	v, ok := tx.(*types.Var)
	return ok && slices.ContainsFunc(on, func(x ast.Node) bool { return syntax.Mention(p.Info, x, v).IsValid() })
}

// takeBack leaves an INSERT out that has been judged.
func takeBack(n *callgraph.Node, in insertion) {
	n.Sites = slices.DeleteFunc(n.Sites, func(s *callgraph.Site) bool {
		return s.Effect.Kind == Insert && s.Pos == in.pos && s.Effect.What == in.table
	})
}

// passes reports whether an effect of what an edge leads to is one of the edge's
// node. The rows that sqlc's methods insert may be gone as others are.
func (p *reader) passes(n *callgraph.Node, e *callgraph.Edge, effect *facts.Effect) bool {
	if effect.Kind != Insert {
		return true
	}
	if p.markers.Guarded(n, e.Pos) || e.To != nil && e.To.Lit != nil && p.markers.GivenOnce(e.To.Lit) {
		return false
	}
	if e.Call == nil {
		return p.selects(e, effect)
	}
	return !p.deletedBefore(n, insertion{use: e.Call.Pos(), table: effect.What, on: []ast.Node{e.Call}})
}

// tables are those that a function deletes from, sorted.
func (p *reader) tables(n *callgraph.Node) []string {
	var all []string
	for _, d := range p.body(n).deletes {
		all = append(all, d.table)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
