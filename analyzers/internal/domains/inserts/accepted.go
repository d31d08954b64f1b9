package inserts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// acceptAssigned marks the calls whose error err may hold at pos.
func (d *duplicates) acceptAssigned(body *ast.BlockStmt, err types.Object, pos token.Pos) {
	d.graph(body).Reaching(d.p.Info, err, pos, func(from ast.Expr) {
		if isCall(from) {
			d.accept(body, from)
		}
	})
}

// accept marks a call, and what was executed to make the rows, the prepared
// statement or the batch that it is about: the error of an INSERT that is queried
// for is rows.Err's, that of a queued one SendBatch's.
func (d *duplicates) accept(body *ast.BlockStmt, call ast.Expr) {
	m := callgraph.Mark{Pos: call.Pos(), End: call.End(), Mask: Insert}
	if slices.Contains(d.marks[body], m) {
		return
	}
	d.marks[body] = append(d.marks[body], m)
	ast.Inspect(call, func(x ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok {
			return true
		}
		v, ok := d.p.Info.Uses[id].(*types.Var)
		if !ok {
			return true
		}
		named, ok := types.Unalias(syntax.Deref(v.Type())).(*types.Named)
		if !ok {
			return true
		}
		switch named.Obj().Name() {
		case "Rows", "Row", "Stmt", "BatchResults":
			d.acceptAssigned(body, v, call.Pos())
		case "Batch":
			ast.Inspect(body, func(y ast.Node) bool {
				if queue, ok := y.(*ast.CallExpr); ok && queue.End() <= call.Pos() {
					if sel, ok := queue.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Queue" && syntax.Ident(sel.X) != nil && d.p.Info.Uses[syntax.Ident(sel.X)] == v {
						d.marks[body] = append(d.marks[body], callgraph.Mark{Pos: queue.Pos(), End: queue.End(), Mask: Insert})
					}
				}
				return true
			})
		}
		return true
	})
}

// acceptedIn reports whether a function of this package that is called accepts a
// duplicate of something that it runs: the text that it is given, it seems.
func (d *duplicates) acceptedIn(call *ast.CallExpr) bool {
	fn := syntax.Callee(d.p.Info, call)
	if fn == nil {
		return false
	}
	decl := d.p.text.Decl(fn)
	return decl != nil && decl.Body != nil && len(d.marks[decl.Body]) > 0
}

// isCall reports whether x is a call, or a field of what a call returns.
func isCall(x ast.Expr) bool {
	x = ast.Unparen(x)
	if sel, ok := x.(*ast.SelectorExpr); ok {
		x = ast.Unparen(sel.X)
	}
	_, ok := x.(*ast.CallExpr)
	return ok
}

// acceptedBy marks the calls whose error goes through a function that returns none
// for a duplicate: return ignoreDuplicate(s.add(ctx)), err = ignoreDuplicate(err).
func (d *duplicates) acceptedBy(list []ast.Expr, body *ast.BlockStmt, at ast.Node) {
	for _, x := range list {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok {
			continue
		}
		fn := syntax.Callee(d.p.Info, call)
		if fn == nil || !d.accepts[fn] && !d.p.summaryOf(fn).AcceptsDuplicate {
			continue
		}
		for _, arg := range call.Args {
			if inner, ok := ast.Unparen(arg).(*ast.CallExpr); ok {
				d.accept(body, inner)
			} else if v := d.errorVar(arg); v != nil {
				d.acceptAssigned(body, v, at.Pos())
			}
		}
	}
}
