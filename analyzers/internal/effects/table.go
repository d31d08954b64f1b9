package effects

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// span is what a reference to a package variable takes from its initializer.
type span struct{ pos, end token.Pos }

func (s span) has(pos token.Pos) bool { return s.pos <= pos && pos < s.end }

// noteSelection notes which part of a table of SQL a reference is about: who runs
// queries["get"] does not run queries["add"], and who counts them runs none.
func (p *pkg) noteSelection(id *ast.Ident, stack []ast.Node) {
	v, ok := p.info.Uses[id].(*types.Var)
	if !ok || p.byVar[v] == nil {
		return
	}
	init, ok := p.byVar[v].body.(ast.Expr)
	if !ok {
		return
	}
	if s, ok := p.selection(init, id, stack); ok {
		p.selected[id.Pos()] = s
	}
}

// selection follows constant keys and fields from x upwards into the literal that
// it is. It reports false if that leads nowhere.
func (p *pkg) selection(literal ast.Expr, x ast.Node, stack []ast.Node) (s span, ok bool) {
	for i := len(stack) - 1; i >= 0; i-- {
		var part ast.Expr
		lit := compositeOf(literal)
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
			if fun := identOf(parent.Fun); fun != nil && fun.Name == "len" && p.info.Types[fun].IsBuiltin() {
				return span{}, true
			}
			return s, ok
		case *ast.IndexExpr:
			key := p.info.Types[parent.Index].Value
			if parent.X != x || lit == nil || key == nil {
				return s, ok
			}
			part, ok = p.element(lit, key)
		case *ast.SelectorExpr:
			sel := p.info.Selections[parent]
			if lit == nil || sel == nil || sel.Kind() != types.FieldVal || len(sel.Index()) != 1 {
				return s, ok
			}
			part, ok = field(lit, sel)
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

// compositeOf returns the literal that x is, or points to.
func compositeOf(x ast.Expr) *ast.CompositeLit {
	x = ast.Unparen(x)
	if addr, ok := x.(*ast.UnaryExpr); ok && addr.Op == token.AND {
		x = ast.Unparen(addr.X)
	}
	lit, _ := x.(*ast.CompositeLit)
	return lit
}

// element returns the value at a key or index, nil if there is none. It reports
// false if a key is not known.
func (p *pkg) element(lit *ast.CompositeLit, key constant.Value) (ast.Expr, bool) {
	next := constant.MakeInt64(0)
	for _, elt := range lit.Elts {
		at := next
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			at, elt = p.info.Types[kv.Key].Value, kv.Value
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
func field(lit *ast.CompositeLit, sel *types.Selection) (ast.Expr, bool) {
	for i, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		switch {
		case !ok && i == sel.Index()[0]:
			return elt, true
		case ok && identOf(kv.Key) != nil && identOf(kv.Key).Name == sel.Obj().Name():
			return kv.Value, true
		}
	}
	return nil, true
}

// selects reports whether a reference to a package variable takes an INSERT that
// stands in its initializer.
func (p *pkg) selects(e edge, effect *Effect) bool {
	taken, ok := p.selected[e.pos]
	site := p.sites[effect.ID()]
	if !ok || e.to == nil || !e.to.init || site == nil {
		return true
	}
	stands := false
	for _, pos := range p.inTables[site.pos] {
		if taken.has(pos) {
			return true
		}
		stands = stands || span{e.to.body.Pos(), e.to.body.End()}.has(pos)
	}
	return !stands
}
