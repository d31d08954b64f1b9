package inserts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A marker is a statement that changes a row once: INSERT ... ON CONFLICT DO NOTHING, or UPDATE ...
// SET state = 'paid' WHERE state = 'open'. Where it changes none, an earlier attempt has, and what
// only runs where it changes one runs once.
type marker struct {
	end    token.Pos
	result *types.Var // of Exec, or
	err    *types.Var // of Scan
	// updates is the table of an UPDATE that changes a row whenever it is there: where it changes
	// none, there is no row yet.
	updates string
}

// noteMarker notes what the result of a call that runs one, if there is a call, is assigned to.
func (p *reader) noteMarker(n *callgraph.Node, call *ast.CallExpr, updates string, stack []ast.Node) {
	if call == nil {
		return
	}
	result, err, ok := p.assignees(stack)
	if !ok {
		return
	}
	m := marker{end: call.End(), updates: updates, result: result}
	if id := syntax.Called(call); id == nil || !strings.HasPrefix(id.Name, "Exec") {
		m.err = err
	}
	b := p.body(n)
	b.markers = append(b.markers, m)
}

// assignees are what the expression at the end of a stack is assigned to, a result and an error, each
// nil if there is none. It reports false if it is not assigned.
func (p *reader) assignees(stack []ast.Node) (result, err *types.Var, ok bool) {
	for i := len(stack) - 1; i >= 0; i-- {
		switch x := stack[i].(type) {
		case ast.Expr:
			continue
		case *ast.AssignStmt:
			for _, lhs := range x.Lhs {
				switch v := syntax.Var(p.Info, lhs); {
				case v == nil:
				case syntax.IsErrorType(v.Type()):
					err = v
				default:
					result = v
				}
			}
			return result, err, true
		}
		return nil, nil, false
	}
	return nil, nil, false
}

// findGuarded finds what only runs where a marker has changed a row, and the functions that say so or
// run another one there. One may call another that stands below it.
func (p *reader) findGuarded() {
	for range 2 {
		for _, n := range p.Nodes {
			p.guard(n)
		}
		p.findMethods()
	}
	p.exportMethods()
	for _, n := range p.Nodes {
		b := p.body(n)
		for _, in := range b.inserts {
			if p.isGuarded(n, in.use) || slices.ContainsFunc(b.missing, func(m missing) bool { return m.in.Has(in.use) && sameTable(m.table, in.table) }) {
				takeBack(n, in)
			}
		}
		if len(b.guarded) == 0 {
			continue
		}
		for i := range n.Opens {
			if p.isGuarded(n, n.Opens[i].Pos) {
				n.Opens[i].Mask |= Insert
			}
		}
	}
}

// guard finds what a body only runs where a marker has changed a row, or where there is no row.
func (p *reader) guard(n *callgraph.Node) {
	b := p.body(n)
	body, ok := n.Body.(*ast.BlockStmt)
	fresh := p.dups.Fresh(n.Body)
	if !ok || len(b.markers)+len(fresh)+len(b.looks) == 0 && !slices.ContainsFunc(b.asked, func(call *ast.CallExpr) bool { return p.said(call) != said{} }) {
		return
	}
	graph := flow.New(p.Info, body)
	g := p.newGuards(b, body, "")
	b.guarded = slices.Clip(fresh)
	for k := range graph.Known() {
		if changed, ok := g.asks(k.Expr); ok && changed == k.Holds {
			b.guarded = append(b.guarded, k.In)
		}
	}
	b.missing = nil
	for _, table := range b.upserted() {
		g := p.newGuards(b, body, table)
		for k := range graph.Known() {
			if changed, ok := g.asks(k.Expr); ok && changed != k.Holds {
				b.missing = append(b.missing, missing{table, k.In})
			}
		}
	}
	p.findLooked(b, body, graph)
	b.says = g.returned(n, body)
	p.findOnce(n, body)
}

// upserted are the tables that a body updates and inserts into: a few, or nobody wrote it by hand.
func (b *body) upserted() []string {
	updated := make(map[string]bool)
	for _, m := range b.markers {
		if m.updates != "" {
			updated[bare(m.updates)] = true
		}
	}
	var tables []string
	for _, in := range b.inserts {
		if name := bare(in.table); updated[name] && len(tables) < 8 {
			delete(updated, name)
			tables = append(tables, name)
		}
	}
	return tables
}

// bare is a table's name without its schema, in lower case.
func bare(table string) string { return strings.ToLower(table[strings.LastIndexByte(table, '.')+1:]) }

// missing is where a table is known not to have the row.
type missing struct {
	table string
	in    flow.Region
}

func (p *reader) isGuarded(n *callgraph.Node, pos token.Pos) bool {
	return slices.ContainsFunc(p.body(n).guarded, func(r flow.Region) bool { return r.Has(pos) })
}

// findOnce notes the parameters, functions, that a function only runs where a marker has changed a row.
func (p *reader) findOnce(n *callgraph.Node, body *ast.BlockStmt) {
	outside := make(map[*types.Var]bool)
	inside := make(map[*types.Var]bool)
	ast.Inspect(body, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			if v := syntax.Var(p.Info, id); v != nil && syntax.IsFuncType(v.Type()) {
				inside[v], outside[v] = inside[v] || p.isGuarded(n, id.Pos()), outside[v] || !p.isGuarded(n, id.Pos())
			}
		}
		return true
	})
	for v := range inside {
		if fn, i, ok := p.ParamOf(v); ok && inside[v] && !outside[v] {
			if of := p.NodeOf(fn); of != nil && !slices.Contains(p.body(of).once, i) {
				p.body(of).once = append(p.body(of).once, i)
			}
		}
	}
}

// givenOnce reports whether a closure is given to a function that runs it only where a marker has
// changed a row.
func (p *reader) givenOnce(lit *ast.FuncLit) bool {
	g, ok := p.handed[lit]
	if !ok {
		return false
	}
	fn := syntax.Callee(p.Info, g.call)
	if fn == nil {
		return false
	}
	if n := p.NodeOf(fn); n != nil {
		return slices.Contains(p.body(n).once, g.arg)
	}
	return fn.Pkg() != p.Pass.Pkg && slices.Contains(p.summaryOf(fn).Once, g.arg)
}

// handed is where a closure is an argument.
type handed struct {
	call *ast.CallExpr
	arg  int
}

// guards is what the conditions of a body ask of the markers for a table.
type guards struct {
	p       *reader
	updates string // the table of the markers, see marker
	markers []marker
	says    map[types.Object]bool // numbers of rows, and whether there was one
	errs    map[types.Object]bool // errors that are ErrNoRows if there was none
}

func (p *reader) newGuards(b *body, block *ast.BlockStmt, updates string) *guards {
	g := &guards{p: p, updates: updates, says: make(map[types.Object]bool), errs: make(map[types.Object]bool)}
	for _, m := range b.markers {
		if m.updates == updates || m.updates != "" && sameTable(m.updates, updates) {
			g.markers = append(g.markers, m)
		}
	}
	ast.Inspect(block, func(x ast.Node) bool {
		if a, ok := x.(*ast.AssignStmt); ok && len(a.Rhs) == 1 {
			g.assigned(a)
		}
		return true
	})
	return g
}

// assigned notes n, err := result.RowsAffected(), err := row.Scan(&id) and fresh, err := claim(ctx, id).
func (g *guards) assigned(a *ast.AssignStmt) {
	call, isCall := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	if isCall && (g.scans(call) || g.said(call).NoRows) {
		if err := syntax.Var(g.p.Info, a.Lhs[len(a.Lhs)-1]); err != nil && syntax.IsErrorType(err.Type()) {
			g.errs[err] = true
		}
	}
	v := syntax.Var(g.p.Info, a.Lhs[0])
	if v == nil {
		return
	}
	if changed, ok := g.asks(a.Rhs[0]); ok && changed && syntax.IsBool(v.Type()) || g.counts(a.Rhs[0]) {
		g.says[v] = true
	}
}

// said is what the function of a call says of a marker that changes a row once.
func (g *guards) said(call *ast.CallExpr) said {
	if g.updates != "" {
		return said{}
	}
	return g.p.said(call)
}

// made reports whether x is the result of a marker before it.
func (g *guards) made(x ast.Expr) bool {
	v := syntax.Var(g.p.Info, x)
	return v != nil && slices.ContainsFunc(g.markers, func(m marker) bool { return v == m.result && m.end < x.Pos() })
}

// scans reports whether a call scans the row of a marker: row.Scan(&id).
func (g *guards) scans(call *ast.CallExpr) bool {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Scan" && g.made(sel.X)
}

// counts reports whether an expression is the number of rows that a marker has changed.
func (g *guards) counts(x ast.Expr) bool {
	if v := syntax.Var(g.p.Info, x); v != nil {
		return g.says[v]
	}
	x = ast.Unparen(x)
	if call, ok := x.(*ast.CallExpr); ok {
		if g.said(call).Counts {
			return true
		}
		x = call.Fun
	}
	sel, ok := x.(*ast.SelectorExpr) // a field, where the library is gorm
	return ok && sel.Sel.Name == "RowsAffected" && g.made(sel.X)
}

// asks reports whether an expression says that a marker has changed a row, or that it has not.
func (g *guards) asks(x ast.Expr) (changed, ok bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v := syntax.Var(g.p.Info, x)
		return true, v != nil && g.says[v] && syntax.IsBool(v.Type())
	case *ast.CallExpr: // errors.Is(err, pgx.ErrNoRows)
		if g.said(x).Claims {
			return true, true
		}
		return false, len(x.Args) == 2 && g.isError(x.Args[0]) && isNoRows(x.Args[1])
	case *ast.BinaryExpr:
		if g.isError(x.X) && isNoRows(x.Y) {
			return x.Op == token.NEQ, x.Op == token.NEQ || x.Op == token.EQL
		}
		with := g.p.Info.Types[x.Y].Value
		return countsSome(x.Op, with), with != nil && g.counts(x.X)
	}
	return false, false
}

func (g *guards) isError(x ast.Expr) bool {
	v := syntax.Var(g.p.Info, x)
	return v != nil && (g.errs[v] || slices.ContainsFunc(g.markers, func(m marker) bool { return v == m.err && m.end < x.Pos() }))
}

func isNoRows(x ast.Expr) bool {
	id := syntax.Named(x)
	return id != nil && id.Name == "ErrNoRows"
}

// countsSome reports whether the comparison of a number of rows with a constant holds for one, of
// one and none.
func countsSome(op token.Token, with constant.Value) bool {
	return with != nil && with.Kind() == constant.Int && constant.Compare(constant.MakeInt64(1), op, with)
}
