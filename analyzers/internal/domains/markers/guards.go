package markers

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// guards is what the conditions of a body ask of the markers for a table.
type guards struct {
	p       *Markers
	updates string // the table of the markers, see marker
	markers []marker
	says    map[types.Object]bool    // numbers of rows, and whether there was one
	errs    map[types.Object]bool    // errors that are ErrNoRows if there was none
	given   map[types.Object][]given // what variables have been assigned, in order
}

func (p *Markers) newGuards(b *body, block *ast.BlockStmt, updates string) *guards {
	g := &guards{p: p, updates: updates, says: make(map[types.Object]bool), errs: make(map[types.Object]bool), given: make(map[types.Object][]given)}
	for _, m := range b.markers {
		if m.updates == updates || m.updates != "" && sqltext.SameTable(m.updates, updates) {
			g.markers = append(g.markers, m)
		}
	}
	ast.Inspect(block, func(x ast.Node) bool {
		if a, ok := x.(*ast.AssignStmt); ok {
			g.noteGiven(a)
			if len(a.Rhs) == 1 {
				g.assigned(a)
			}
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
	if v := syntax.Var(g.p.Info, x); v != nil { // n, err := s.run(ctx, "UPDATE ...")
		return g.says[v] || syntax.IsInteger(v.Type()) && g.made(x)
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
		return true, v != nil && syntax.IsBool(v.Type()) && (g.says[v] || g.made(x))
	case *ast.CallExpr: // errors.Is(err, pgx.ErrNoRows)
		if g.said(x).Claims {
			return true, true
		}
		if len(x.Args) == 2 && g.isNone(x.Args[0], x.Args[1]) {
			return false, true
		}
		return false, len(x.Args) == 2 && g.isError(x.Args[0]) && isNoRows(x.Args[1])
	case *ast.BinaryExpr:
		if g.isNone(x.X, x.Y) {
			return x.Op == token.NEQ, x.Op == token.NEQ || x.Op == token.EQL
		}
		if err, nonNil := syntax.ComparesNil(g.p.Info, x); err != nil && strings.HasPrefix(g.noneOf(err, x.Pos()), errorKey) {
			return !nonNil, true
		}
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
