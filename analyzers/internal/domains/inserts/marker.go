package inserts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A marker is a statement that changes a row once: INSERT ... ON CONFLICT DO NOTHING, or UPDATE ...
// SET state = 'paid' WHERE state = 'open'. Where it changes none, an earlier attempt has, and what
// only runs where it changes one runs once.
type marker struct {
	end    token.Pos
	result types.Object // of Exec, or
	err    types.Object // of Scan
}

// noteMarker notes what the result of a call that runs one, if there is a call, is assigned to.
func (p *reader) noteMarker(n *callgraph.Node, call *ast.CallExpr, stack []ast.Node) {
	if call == nil {
		return
	}
	for i := len(stack) - 1; i >= 0; i-- {
		switch x := stack[i].(type) {
		case ast.Expr:
			continue
		case *ast.AssignStmt:
			m := marker{end: call.End()}
			for _, lhs := range x.Lhs {
				switch v := syntax.Var(p.Info, lhs); {
				case v == nil:
				case syntax.IsErrorType(v.Type()):
					m.err = v
				default:
					m.result = v
				}
			}
			b := p.body(n)
			b.markers = append(b.markers, m)
		}
		return
	}
}

// noteAsked keeps a call that may say whether a marker has changed a row: fresh, err := claim(ctx, id).
func (p *reader) noteAsked(n *callgraph.Node, call *ast.CallExpr, fn *types.Func) {
	if fn.Pkg() == nil || keys.Foreign(keys.Path(fn.Pkg())) || fn.Pkg() != p.Pass.Pkg && !p.summaryOf(fn).Claims {
		return
	}
	for v := range fn.Signature().Results().Variables() {
		if syntax.IsBool(v.Type()) {
			b := p.body(n)
			b.asked = append(b.asked, call)
			return
		}
	}
}

// findGuarded finds what only runs where a marker has changed a row, and the functions that say so or
// run another one there. One may call another that stands below it.
func (p *reader) findGuarded() {
	for range 2 {
		for _, n := range p.Nodes {
			p.guard(n)
		}
	}
	for _, n := range p.Nodes {
		if len(p.body(n).guarded) == 0 {
			continue
		}
		for _, in := range p.body(n).inserts {
			if p.isGuarded(n, in.use) {
				takeBack(n, in)
			}
		}
		for i := range n.Opens {
			if p.isGuarded(n, n.Opens[i].Pos) {
				n.Opens[i].Mask |= Insert
			}
		}
	}
}

// guard finds what a body only runs where a marker has changed a row.
func (p *reader) guard(n *callgraph.Node) {
	b := p.body(n)
	body, ok := n.Body.(*ast.BlockStmt)
	claims := slices.ContainsFunc(b.asked, p.claims)
	if len(b.markers) == 0 && !claims || !ok {
		return
	}
	g := &guards{p: p, body: b, says: make(map[types.Object]bool)}
	ast.Inspect(body, func(x ast.Node) bool {
		if a, ok := x.(*ast.AssignStmt); ok && len(a.Rhs) == 1 {
			g.assigned(a)
		}
		return true
	})
	b.guarded = nil
	for k := range flow.New(p.Info, body).Known() {
		if changed, ok := g.asks(k.Expr); ok && changed == k.Holds {
			b.guarded = append(b.guarded, k.In)
		}
	}
	b.claims = b.claims || g.returned(n, body)
	p.findOnce(n, body)
}

func (p *reader) isGuarded(n *callgraph.Node, pos token.Pos) bool {
	return slices.ContainsFunc(p.body(n).guarded, func(r flow.Region) bool { return r.Has(pos) })
}

// claims reports whether the result of a call says whether a marker has changed a row.
func (p *reader) claims(call *ast.CallExpr) bool {
	fn := syntax.Callee(p.Info, call)
	if fn == nil {
		return false
	}
	if n := p.NodeOf(fn); n != nil {
		return p.body(n).claims
	}
	return fn.Pkg() != p.Pass.Pkg && p.summaryOf(fn).Claims
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

// guards is what the conditions of a body ask.
type guards struct {
	p    *reader
	body *body
	says map[types.Object]bool // numbers of rows, and whether there was one
}

// assigned notes n, err := result.RowsAffected() and fresh, err := claim(ctx, id).
func (g *guards) assigned(a *ast.AssignStmt) {
	v := syntax.Var(g.p.Info, a.Lhs[0])
	if v == nil {
		return
	}
	if changed, ok := g.asks(a.Rhs[0]); ok && changed && syntax.IsBool(v.Type()) || g.counts(a.Rhs[0]) {
		g.says[v] = true
	}
}

// counts reports whether an expression is the number of rows that a marker has changed.
func (g *guards) counts(x ast.Expr) bool {
	if v := syntax.Var(g.p.Info, x); v != nil {
		return g.says[v]
	}
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "RowsAffected" {
		return false
	}
	v := syntax.Var(g.p.Info, sel.X)
	return v != nil && slices.ContainsFunc(g.body.markers, func(m marker) bool { return v == m.result && m.end < call.Pos() })
}

// asks reports whether an expression says that a marker has changed a row, or that it has not.
func (g *guards) asks(x ast.Expr) (changed, ok bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v := syntax.Var(g.p.Info, x)
		return true, v != nil && g.says[v] && syntax.IsBool(v.Type())
	case *ast.CallExpr: // errors.Is(err, pgx.ErrNoRows)
		if g.p.claims(x) {
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
	return v != nil && slices.ContainsFunc(g.body.markers, func(m marker) bool { return v == m.err && m.end < x.Pos() })
}

// returned reports whether a function returns whether a marker has changed a row: as a comparison, or
// true only there.
func (g *guards) returned(n *callgraph.Node, body *ast.BlockStmt) bool {
	claims, other := false, false
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			for _, result := range x.Results {
				if t := g.p.Info.TypeOf(result); t == nil || !syntax.IsBool(t) {
					continue
				}
				changed, ok := g.asks(result)
				value := g.p.Info.Types[result].Value
				switch {
				case ok && changed, value != nil && constant.BoolVal(value) && g.p.isGuarded(n, x.Pos()):
					claims = true
				case value == nil || constant.BoolVal(value):
					other = true
				}
			}
		}
		return true
	})
	return claims && !other
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
