package markers

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// findGuarded finds what only runs where a marker has changed a row, and the functions that say so or
// run another one there. One may call another that stands below it.
func (p *Markers) findGuarded() {
	for range 2 {
		for _, n := range p.Nodes {
			p.findLocks(n)
		}
	}
	for range 2 {
		for _, n := range p.Nodes {
			p.guard(n)
		}
		p.findMethods()
	}
	p.exportMethods()
}

// guard finds what a body only runs where a marker has changed a row, or where there is no row.
func (p *Markers) guard(n *callgraph.Node) {
	body, ok := n.Body.(*ast.BlockStmt)
	fresh := p.dups.Fresh(n.Body)
	if !ok || p.bodies[n] == nil && len(fresh) == 0 {
		return
	}
	b := p.body(n)
	if len(b.markers)+len(fresh)+len(b.looks) == 0 && !slices.ContainsFunc(b.asked, func(call *ast.CallExpr) bool { return p.said(call) != said{} }) {
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
	for _, table := range b.updated() {
		g := p.newGuards(b, body, table)
		for k := range graph.Known() {
			if changed, ok := g.asks(k.Expr); ok && changed != k.Holds {
				b.missing = append(b.missing, missing{table, k.In})
			}
		}
	}
	p.findLooked(b, body, graph)
	b.says = g.returned(n, body)
	b.says.None = g.outcome(n, body, graph)
	p.findOnce(n, body)
}

// updated are the tables that a body updates, in lower case: a few, or nobody wrote it by hand.
func (b *body) updated() []string {
	var tables []string
	for _, m := range b.markers {
		name := strings.ToLower(sqltext.Bare(m.updates))
		if name != "" && len(tables) < 8 && !slices.Contains(tables, name) {
			tables = append(tables, name)
		}
	}
	return tables
}

// missing is where a table is known not to have the row.
type missing struct {
	table string
	in    flow.Region
}

// Guarded reports whether a place of a body only runs where a marker has changed a row.
func (p *Markers) Guarded(n *callgraph.Node, pos token.Pos) bool {
	b := p.bodies[n]
	return b != nil && slices.ContainsFunc(b.guarded, func(r flow.Region) bool { return r.Has(pos) })
}

// Missing reports whether a place of a body only runs where a table does not have the row.
func (p *Markers) Missing(n *callgraph.Node, pos token.Pos, table string) bool {
	b := p.bodies[n]
	return b != nil && slices.ContainsFunc(b.missing, func(m missing) bool { return m.in.Has(pos) && sqltext.SameTable(m.table, table) })
}

// findOnce notes the parameters, functions, that a function only runs where a marker has changed a row.
func (p *Markers) findOnce(n *callgraph.Node, body *ast.BlockStmt) {
	outside := make(map[*types.Var]bool)
	inside := make(map[*types.Var]bool)
	ast.Inspect(body, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			if v := syntax.Var(p.Info, id); v != nil && syntax.IsFuncType(v.Type()) {
				inside[v], outside[v] = inside[v] || p.Guarded(n, id.Pos()), outside[v] || !p.Guarded(n, id.Pos())
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

// GivenOnce reports whether a closure is given to a function that runs it only where a marker has
// changed a row.
func (p *Markers) GivenOnce(lit *ast.FuncLit) bool {
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
