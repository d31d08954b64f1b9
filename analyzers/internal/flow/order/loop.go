package order

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A loop is code that runs once for each element, in the order that is followed.
type loop struct {
	body     *ast.BlockStmt
	pos, end token.Pos
	callback *ast.FuncLit // whose return goes on
	keys     []*types.Var // that the head of the loop assigns
	key      *types.Var   // of a map: no two elements have the same
}

func rangeLoop(info *types.Info, x *ast.RangeStmt) loop {
	l := loop{body: x.Body, pos: x.Pos(), end: x.End()}
	for _, e := range []ast.Expr{x.Key, x.Value} {
		if v := syntax.Var(info, e); v != nil {
			if x.Tok == token.ASSIGN {
				l.keys = append(l.keys, v)
			}
			if e == x.Key && IsMap(info.TypeOf(x.X)) {
				l.key = v
			}
		}
	}
	return l
}

// body is what is known of a loop while its statements are looked at.
type body struct {
	*function
	loop
	at      Finding
	written map[*types.Var]bool // variables of outside that the loop assigns
	kept    []taint             // what has the order when the loop ends
	waits   bool
	leaves  bool
}

// loop looks at what runs in the order of a map, and follows what it leaves behind.
func (f *function) loop(l loop, at Finding) {
	if f.seen[seen{from: l.body.Pos()}] {
		return
	}
	f.seen[seen{from: l.body.Pos()}] = true
	b := &body{function: f, loop: l, at: at, written: make(map[*types.Var]bool)}
	b.findWritten()
	ast.Inspect(l.body, b.visit)
	if b.waits && b.leaves {
		f.report(at, "which future is waited for first, and where the loop ends early")
	}
	for _, t := range b.kept {
		f.follow(t, l.end, at)
	}
	for _, v := range l.keys {
		f.follow(taint{v: v}, l.end, at)
	}
}

// local reports whether a variable belongs to one turn of the loop.
func (b *body) local(v *types.Var) bool { return v != nil && b.pos <= v.Pos() && v.Pos() < b.end }

// findWritten notes the variables of outside that the loop assigns.
func (b *body) findWritten() {
	note := func(x ast.Expr) {
		if t := b.base(x); t.v != nil && !b.local(t.v) {
			b.written[t.v] = true
		}
	}
	ast.Inspect(b.body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.AssignStmt:
			for _, lhs := range x.Lhs {
				note(lhs)
			}
		case *ast.IncDecStmt:
			note(x.X)
		}
		return true
	})
}

// visit looks at a node of the body.
func (b *body) visit(x ast.Node) bool {
	switch x := x.(type) {
	case *ast.CallExpr:
		b.call(x)
	case *ast.AssignStmt:
		b.assign(x)
	case *ast.ReturnStmt:
		b.returned(x)
	case *ast.BranchStmt:
		if x.Tok == token.BREAK && b.ends(x) {
			b.leaves = true
			b.stopped(x)
		}
	}
	return true
}

func (b *body) call(call *ast.CallExpr) {
	switch called := b.calls.Called(call); {
	case called == Nothing || b.ofOneKey(call) || b.endsAlike(call):
	case called == Sensitive:
		b.report(b.at, "the order in which "+types.ExprString(call.Fun)+" is called")
	case called == Waits:
		b.waits = true
	}
	if to := written(b.info, call); to != nil {
		if t := b.base(to); t.v != nil && !b.local(t.v) && b.argsDepend(call) {
			b.kept = append(b.kept, t)
		}
	}
}

func (b *body) argsDepend(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if b.depends(arg) {
			return true
		}
	}
	return false
}

// depends reports whether the value of an expression differs from turn to turn.
func (b *body) depends(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.Ident:
			v, ok := b.info.ObjectOf(x).(*types.Var)
			found = found || ok && !v.IsField() && (b.local(v) || b.written[v])
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}

// assign looks at what an assignment keeps of a turn.
func (b *body) assign(a *ast.AssignStmt) {
	for lhs, rhs := range syntax.Definitions(a) {
		t := b.base(lhs)
		if t.v == nil || b.local(t.v) {
			continue
		}
		if b.keeps(a, lhs, rhs, t) {
			b.kept = append(b.kept, t)
		}
	}
}

// keeps reports whether an assignment to something outside of the loop leaves a value there
// that depends on which turn was the last, or which came before which.
func (b *body) keeps(a *ast.AssignStmt, lhs, rhs ast.Expr, t taint) bool {
	typ := b.info.TypeOf(lhs)
	if typ == nil {
		return false
	}
	if a.Tok == token.ADD_ASSIGN || a.Tok == token.SUB_ASSIGN || a.Tok == token.MUL_ASSIGN || a.Tok == token.QUO_ASSIGN {
		return (syntax.IsString(typ) || isFloat(typ)) && b.depends(rhs) && !b.ofKey(lhs)
	}
	if a.Tok != token.ASSIGN || b.ofKey(lhs) || !b.depends(rhs) || syntax.IsErrorType(typ) {
		return false
	}
	if call := syntax.Append(b.info, rhs); call != nil {
		return slices.ContainsFunc(call.Args[1:], b.depends)
	}
	if index, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok {
		// Of an array, the place may be counted: out[i] = k; i++.
		return !isMapIndex(b.info, index) && b.counted(index.Index)
	}
	if syntax.Mention(b.info, rhs, t.v).IsValid() {
		bin, ok := ast.Unparen(rhs).(*ast.BinaryExpr)
		return ok && bin.Op == token.ADD && (syntax.IsString(typ) || isFloat(typ))
	}
	return !b.chosen(a)
}

func isFloat(t types.Type) bool {
	basic, ok := syntax.Under[*types.Basic](t)
	return ok && basic.Info()&(types.IsFloat|types.IsComplex) != 0
}

// ofKey reports whether an expression is the element of a map that only this turn writes.
func (b *body) ofKey(lhs ast.Expr) bool {
	for {
		switch x := ast.Unparen(lhs).(type) {
		case *ast.IndexExpr:
			if v := syntax.Var(b.info, x.Index); v != nil && v == b.key {
				return true
			}
			lhs = x.X
		case *ast.SelectorExpr:
			lhs = x.X
		case *ast.StarExpr:
			lhs = x.X
		default:
			return false
		}
	}
}

// counted reports whether an index is a variable of outside that the loop counts.
func (b *body) counted(index ast.Expr) bool {
	v := syntax.Var(b.info, index)
	return v != nil && !b.local(v) && b.written[v]
}

// returned looks at a return in the loop: which element comes first decides what it
// returns, unless a condition finds the one. That there is an error is the same in any order.
func (b *body) returned(r *ast.ReturnStmt) {
	if lit := b.literal(r); lit != nil && b.pos <= lit.Pos() && lit.End() <= b.end {
		return // of a closure in the loop, or of the callback
	}
	b.leaves = true
	for _, x := range r.Results {
		t := b.info.TypeOf(x)
		if t == nil || syntax.IsErrorLike(t) || syntax.IsBool(t) {
			continue
		}
		if b.depends(x) && !b.failing(r) && !b.chosen(r) {
			b.report(b.at, "which element is returned")
		}
	}
}

// failing reports whether the last result of a return is an error that is not nil.
func (b *body) failing(r *ast.ReturnStmt) bool {
	if len(r.Results) < 2 {
		return false
	}
	last := r.Results[len(r.Results)-1]
	t := b.info.TypeOf(last)
	return t != nil && !syntax.IsNil(last) && syntax.IsErrorLike(t)
}

// ends reports whether a break leaves the loop.
func (b *body) ends(br *ast.BranchStmt) bool {
	for y := b.parent[br]; y != nil && y != b.body; y = b.parent[y] {
		if br.Label != nil {
			if labeled, ok := y.(*ast.LabeledStmt); ok && labeled.Label.Name == br.Label.Name {
				return false
			}
			continue
		}
		switch y.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
			return false
		}
	}
	return true
}

// stopped looks at a break. One that a count decides leaves the rest to chance.
func (b *body) stopped(br *ast.BranchStmt) {
	for y := ast.Node(br); y != nil && y != b.body; y = b.parent[y] {
		if s, ok := b.parent[y].(*ast.IfStmt); ok && s.Body == y && b.counts(s.Cond) {
			b.report(b.at, "which elements come before the loop ends")
		}
	}
}

// counts reports whether a condition asks how much the loop has done.
func (b *body) counts(cond ast.Expr) bool {
	found := false
	ast.Inspect(cond, func(x ast.Node) bool {
		if bin, ok := x.(*ast.BinaryExpr); ok && bin.Op != token.LAND && bin.Op != token.LOR {
			for _, side := range []ast.Expr{bin.X, bin.Y} {
				t := b.info.TypeOf(side)
				found = found || t != nil && syntax.IsInteger(t) && b.mentionsWritten(side)
			}
		}
		return !found
	})
	return found
}
