package inserts

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// span is what a reference to a package variable takes from its initializer.
type span struct{ pos, end token.Pos }

func (s span) has(pos token.Pos) bool { return s.pos <= pos && pos < s.end }

// noteSelection notes which part of a table of SQL a reference is about: who runs
// queries["get"] does not run queries["add"], and who counts them runs none.
func (p *reader) noteSelection(id *ast.Ident, stack []ast.Node) {
	v, ok := p.Info.Uses[id].(*types.Var)
	if !ok || p.InitializerOf(v) == nil {
		return
	}
	init, ok := p.InitializerOf(v).Body.(ast.Expr)
	if !ok {
		return
	}
	if s, ok := p.selection(init, id, stack); ok {
		p.selected[id.Pos()] = s
	}
}

// selection follows constant keys and fields from x upwards into the literal that
// it is. It reports false if that leads nowhere.
func (p *reader) selection(literal ast.Expr, x ast.Node, stack []ast.Node) (s span, ok bool) {
	for i := len(stack) - 1; i >= 0; i-- {
		var part ast.Expr
		lit := syntax.Composite(literal)
		switch parent := stack[i].(type) {
		case *ast.ParenExpr:
			x = parent
			continue
		case *ast.RangeStmt:
			if parent.X == x && parent.Value == nil {
				return span{}, true
			}
			return s, ok
		case *ast.CallExpr:
			if fun := syntax.Ident(parent.Fun); fun != nil && fun.Name == "len" && p.Info.Types[fun].IsBuiltin() {
				return span{}, true
			}
			return s, ok
		case *ast.IndexExpr:
			key := p.Info.Types[parent.Index].Value
			if parent.X != x || lit == nil || key == nil {
				return s, ok
			}
			part, ok = p.element(lit, key)
		case *ast.SelectorExpr:
			sel := p.Info.Selections[parent]
			if lit == nil || sel == nil || sel.Kind() != types.FieldVal || len(sel.Index()) != 1 {
				return s, ok
			}
			part, ok = field(lit, sel), true
		default:
			return s, ok
		}
		if !ok || part == nil {
			return span{}, ok
		}
		s, literal, x = span{part.Pos(), part.End()}, part, stack[i]
	}
	return s, ok
}

// element returns the value at a key or index, nil if there is none. It reports
// false if a key is not known.
func (p *reader) element(lit *ast.CompositeLit, key constant.Value) (ast.Expr, bool) {
	next := constant.MakeInt64(0)
	for _, elt := range lit.Elts {
		at := next
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			at, elt = p.Info.Types[kv.Key].Value, kv.Value
		}
		if at == nil || at.Kind() != key.Kind() {
			return nil, false
		}
		if constant.Compare(at, token.EQL, key) {
			return elt, true
		}
		if at.Kind() == constant.Int {
			next = constant.BinaryOp(at, token.ADD, constant.MakeInt64(1))
		}
	}
	return nil, true
}

// field returns the value of a field, nil if there is none.
func field(lit *ast.CompositeLit, sel *types.Selection) ast.Expr {
	for i, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		switch {
		case !ok && i == sel.Index()[0]:
			return elt
		case ok && syntax.Ident(kv.Key) != nil && syntax.Ident(kv.Key).Name == sel.Obj().Name():
			return kv.Value
		}
	}
	return nil
}

// selects reports whether a reference to a package variable takes an INSERT that
// stands in its initializer.
func (p *reader) selects(e *callgraph.Edge, effect *facts.Effect) bool {
	taken, ok := p.selected[e.Pos]
	site := p.Site(effect)
	if !ok || e.To == nil || !e.To.Init || site == nil {
		return true
	}
	stands := false
	for _, pos := range p.inTables[site.Pos] {
		if taken.has(pos) {
			return true
		}
		stands = stands || span{e.To.Body.Pos(), e.To.Body.End()}.has(pos)
	}
	return !stands
}
