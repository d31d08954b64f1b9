package inserts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A marker is an INSERT ... ON CONFLICT DO NOTHING that says whether the rest has been done: where it
// inserts no row, an earlier attempt has, and what only runs where it inserts one runs once.
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

// guard finds what only runs where a marker has inserted a row.
func (p *reader) guard(n *callgraph.Node) {
	b := p.body(n)
	body, ok := n.Body.(*ast.BlockStmt)
	if len(b.markers) == 0 || !ok {
		return
	}
	counts := make(map[types.Object]marker) // n, err := result.RowsAffected()
	ast.Inspect(body, func(x ast.Node) bool {
		if a, ok := x.(*ast.AssignStmt); ok && len(a.Rhs) == 1 {
			if m, ok := b.countedBy(p.Info, a.Rhs[0]); ok {
				counts[p.Info.ObjectOf(syntax.Ident(a.Lhs[0]))] = m
			}
		}
		return true
	})
	for k := range flow.New(p.Info, body).Known() {
		if inserted, ok := b.asks(p.Info, k.Expr, counts); ok && inserted == k.Holds {
			b.guarded = append(b.guarded, k.In)
		}
	}
	for i := range n.Opens {
		if p.isGuarded(n, n.Opens[i].Pos) {
			n.Opens[i].Mask |= Insert
		}
	}
}

func (p *reader) isGuarded(n *callgraph.Node, pos token.Pos) bool {
	for _, r := range p.body(n).guarded {
		if r.Has(pos) {
			return true
		}
	}
	return false
}

// countedBy is the marker whose rows an expression counts: result.RowsAffected().
func (b *body) countedBy(info *types.Info, x ast.Expr) (marker, bool) {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return marker{}, false
	}
	if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "RowsAffected" {
		for _, m := range b.markers {
			if v := syntax.Var(info, sel.X); v != nil && v == m.result && m.end < call.Pos() {
				return m, true
			}
		}
	}
	return marker{}, false
}

// asks reports whether a condition says that a marker has inserted a row, or that it has not.
func (b *body) asks(info *types.Info, x ast.Expr, counts map[types.Object]marker) (inserted, ok bool) {
	switch x := x.(type) {
	case *ast.CallExpr: // errors.Is(err, pgx.ErrNoRows)
		return false, len(x.Args) == 2 && b.isError(info, x.Args[0]) && isNoRows(x.Args[1])
	case *ast.BinaryExpr:
		if b.isError(info, x.X) && isNoRows(x.Y) {
			return x.Op == token.NEQ, x.Op == token.NEQ || x.Op == token.EQL
		}
		_, counted := b.countedBy(info, x.X)
		if v := syntax.Var(info, x.X); v != nil && !counted {
			_, counted = counts[v]
		}
		return countsSome(x.Op, info.Types[x.Y].Value), counted && info.Types[x.Y].Value != nil
	}
	return false, false
}

func (b *body) isError(info *types.Info, x ast.Expr) bool {
	v := syntax.Var(info, x)
	for _, m := range b.markers {
		if v != nil && v == m.err && m.end < x.Pos() {
			return true
		}
	}
	return false
}

func isNoRows(x ast.Expr) bool {
	id := syntax.Named(x)
	return id != nil && id.Name == "ErrNoRows"
}

// countsSome reports whether the comparison of a number of rows with a constant holds for one, of
// one and none.
func countsSome(op token.Token, with constant.Value) bool {
	return with != nil && constant.Compare(constant.MakeInt64(1), op, with)
}
