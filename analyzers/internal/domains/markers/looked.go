package markers

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A looked is a SELECT that looks for a row before it is inserted. Without a lock two attempts may both
// find none.
type looked struct {
	sqltext.Look
	pos    token.Pos
	vars   []*types.Var // what is scanned
	err    *types.Var
	result *types.Var // whose Scan says it
}

// updated is an UPDATE.
type updated struct {
	sqltext.Update
	pos token.Pos
}

// NoteQuery notes what a text other than an INSERT does for one, if a call runs it.
func (p *Markers) NoteQuery(n *callgraph.Node, text string, call *ast.CallExpr, stack []ast.Node) {
	u, updates := sqltext.ParseUpdate(text)
	switch {
	case sqltext.IsTransition(text):
		p.Note(n, call, stack)
	case updates:
		p.note(n, call, u.Table, stack)
	}
	if updates {
		b := p.body(n)
		b.updates = append(b.updates, updated{u, call.Pos()})
	}
	if sqltext.TakesLock(text) {
		b := p.body(n)
		b.locks = append(b.locks, call.Pos())
	}
	if l, ok := sqltext.ParseLook(text); ok {
		b := p.body(n)
		b.looks = append(b.looks, p.newLooked(l, call, stack))
	}
}

func (p *Markers) newLooked(l sqltext.Look, call *ast.CallExpr, stack []ast.Node) looked {
	look := looked{Look: l, pos: call.Pos(), vars: p.scanned(call)}
	for i := len(stack) - 1; i >= 0; i-- {
		x, ok := stack[i].(ast.Expr)
		if !ok {
			break
		}
		if outer, ok := x.(*ast.CallExpr); ok {
			look.vars = append(look.vars, p.scanned(outer)...)
		}
	}
	look.result, look.err, _ = p.assignees(stack)
	return look
}

// scanned are the variables whose addresses a call is given, themselves or a part of them.
func (p *Markers) scanned(call *ast.CallExpr) []*types.Var {
	var vars []*types.Var
	for _, arg := range call.Args {
		addr, ok := ast.Unparen(arg).(*ast.UnaryExpr)
		if !ok || addr.Op != token.AND {
			continue
		}
		x := addr.X
		for sel, ok := x.(*ast.SelectorExpr); ok; sel, ok = x.(*ast.SelectorExpr) {
			x = sel.X
		}
		if v := syntax.Var(p.Info, x); v != nil {
			vars = append(vars, v)
		}
	}
	return vars
}

// findLocks notes the locks that the functions take which a body calls, or which run it.
func (p *Markers) findLocks(n *callgraph.Node) {
	note := func(call *ast.CallExpr, at token.Pos) {
		if b := p.body(n); p.locks(call) && !slices.Contains(b.locks, at) {
			b.locks = append(b.locks, at)
		}
	}
	if b := p.bodies[n]; b != nil {
		for _, call := range b.asked {
			note(call, call.Pos())
		}
	}
	if n.Lit != nil {
		if h, ok := p.handed[n.Lit]; ok {
			note(h.call, n.Lit.Body.Pos())
		}
	}
}

// locks reports whether the function of a call takes a lock.
func (p *Markers) locks(call *ast.CallExpr) bool {
	fn := syntax.Callee(p.Info, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if n := p.NodeOf(fn.Origin()); n != nil {
		return p.bodies[n] != nil && len(p.bodies[n].locks) > 0
	}
	return p.summaryOf(fn.Origin()).Locks
}

// findLooked finds what only runs where a row has been looked for under a lock: an INSERT of the same
// row where there is none; anything where the state that is found says so, and is changed.
func (p *Markers) findLooked(b *body, body *ast.BlockStmt, graph *flow.Graph) {
	for _, l := range b.looks {
		underLock := slices.ContainsFunc(b.locks, func(at token.Pos) bool { return at < l.pos })
		changes := slices.ContainsFunc(b.updates, func(u updated) bool {
			return u.pos > l.pos && sqltext.SameTable(u.Table, l.Table) && slices.ContainsFunc(u.Columns, func(c string) bool { return slices.Contains(l.Columns, c) })
		})
		if !underLock && !(l.Locks && changes) {
			continue
		}
		p.scanLater(&l, body)
		for k := range graph.Known() {
			if k.Expr.Pos() < l.pos || !p.asksLooked(&l, k.Expr) {
				continue
			}
			if underLock {
				b.missing = append(b.missing, missing{l.Table, k.In})
			}
			if changes {
				b.guarded = append(b.guarded, k.In)
			}
		}
	}
}

// scanLater notes what row.Scan(&id) scans, where row is what a look has returned.
func (p *Markers) scanLater(l *looked, body *ast.BlockStmt) {
	if l.result == nil {
		return
	}
	ast.Inspect(body, func(x ast.Node) bool {
		a, ok := x.(*ast.AssignStmt)
		if !ok || len(a.Rhs) != 1 {
			return true
		}
		call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
		if !ok {
			return true
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Scan" && syntax.Var(p.Info, sel.X) == l.result {
			l.vars = append(l.vars, p.scanned(call)...)
			l.err = syntax.Var(p.Info, a.Lhs[0])
		}
		return true
	})
}

// asksLooked reports whether a condition is about what a look has found, and not only whether it failed.
func (p *Markers) asksLooked(l *looked, x ast.Expr) bool {
	for _, v := range l.vars {
		if syntax.Mention(p.Info, x, v).IsValid() {
			return true
		}
	}
	if l.err == nil || !syntax.Mention(p.Info, x, l.err).IsValid() {
		return false
	}
	found := false
	ast.Inspect(x, func(y ast.Node) bool {
		if e, ok := y.(ast.Expr); ok {
			found = found || isNoRows(e)
		}
		return !found
	})
	return found
}
