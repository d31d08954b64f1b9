package order

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// consume follows an expression whose value has the order of a map to what it is part of;
// field is the field of the value that has it, if it is a struct. It reports whether the
// value is sorted, so that later uses are nothing.
func (f *function) consume(x ast.Expr, field *types.Var, at Finding) (sorted bool) {
	for {
		if kv, ok := f.parent[x].(*ast.KeyValueExpr); ok && kv.Value == x {
			if v := f.fieldNamed(kv.Key); v != nil {
				field = v
			}
		}
		if next := f.wider(x); next != nil {
			x = next
			continue
		}
		if sel, ok := f.parent[x].(*ast.SelectorExpr); ok {
			if call, ok := f.parent[sel].(*ast.CallExpr); ok && call.Fun == sel && sorting[name(f.info, call)] {
				return true
			}
		}
		call, ok := f.parent[x].(*ast.CallExpr)
		if !ok {
			f.arrive(x, field, at)
			return false
		}
		next, sorts := f.argument(call, x, at)
		if next == nil {
			return sorts
		}
		x = next
	}
}

func (f *function) fieldNamed(key ast.Expr) *types.Var {
	if id, ok := key.(*ast.Ident); ok {
		if v, ok := f.info.Uses[id].(*types.Var); ok && v.IsField() {
			return v
		}
	}
	return nil
}

// wider is the expression around x that has the order of x as well, or nil.
func (f *function) wider(x ast.Expr) ast.Expr {
	switch p := f.parent[x].(type) {
	case *ast.ParenExpr, *ast.StarExpr, *ast.UnaryExpr, *ast.TypeAssertExpr, *ast.CompositeLit:
		return p.(ast.Expr)
	case *ast.SliceExpr:
		if p.X == x {
			return p
		}
	case *ast.BinaryExpr:
		if t := f.info.TypeOf(p); p.Op == token.ADD && syntax.IsString(t) || t != nil && isFloat(t) { // a sum of floating-point numbers, and what is computed with it
			return p
		}
	case *ast.KeyValueExpr:
		if p.Value == x {
			return p
		}
	case *ast.SelectorExpr:
		if call, ok := f.parent[p].(*ast.CallExpr); ok && passing[name(f.info, call)] {
			return call
		}
	}
	return nil
}

// arrive says what a statement does with an expression in map order, or which element of it
// is taken.
func (f *function) arrive(x ast.Expr, field *types.Var, at Finding) {
	switch p := f.parent[x].(type) {
	case *ast.BinaryExpr:
		if t := f.info.TypeOf(x); t != nil && isFloat(t) && f.decidesCommands(p) {
			f.report(at, "what "+types.ExprString(p)+" is")
		}
	case *ast.IndexExpr:
		if p.X == x && !isMapIndex(f.info, p) && !f.guardedByLen(p, f.base(p.X).v) && !f.isAssigned(p) {
			f.report(at, "which element "+types.ExprString(p)+" is")
		}
	case *ast.RangeStmt:
		if p.X == x {
			f.loop(rangeLoop(f.info, p), at)
		}
	case *ast.ReturnStmt:
		if len(p.Results) > 0 && p.Results[0] == x {
			f.returned(f.literal(p), at)
		}
	case *ast.AssignStmt:
		f.assigned(p, x, field, at)
	case *ast.ValueSpec:
		for i, value := range p.Values {
			if value == x && i < len(p.Names) {
				v, _ := f.info.Defs[p.Names[i]].(*types.Var)
				f.follow(taint{v, field}, p.End(), at)
			}
		}
	}
}

// decidesCommands reports whether a condition, or one that it is part of, decides whether a function is
// called that does something else then.
func (f *function) decidesCommands(cond ast.Expr) bool {
	var outer ast.Node = cond
	for {
		parent := f.parent[outer]
		if _, ok := parent.(ast.Expr); !ok {
			break
		}
		outer = parent
	}
	stmt, ok := f.parent[outer].(*ast.IfStmt)
	if !ok || stmt.Cond != outer {
		return false
	}
	found := false
	ast.Inspect(stmt, func(x ast.Node) bool {
		if call, ok := x.(*ast.CallExpr); ok && x.Pos() > stmt.Cond.End() {
			meaning := f.calls.Called(call)
			found = found || meaning == Sensitive || meaning == Waits
		}
		return !found
	})
	return found
}

// assigned follows what an assignment gives a value to.
func (f *function) assigned(a *ast.AssignStmt, x ast.Expr, field *types.Var, at Finding) {
	for i, rhs := range a.Rhs {
		if rhs != x || i >= len(a.Lhs) {
			continue
		}
		t := f.base(a.Lhs[i])
		if t.field == nil {
			t.field = field
		}
		f.follow(t, a.End(), at)
	}
}

// base is the local variable, and its field, that an expression is part of.
func (f *function) base(x ast.Expr) taint {
	var field *types.Var
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.SelectorExpr:
			v, ok := f.info.ObjectOf(y.Sel).(*types.Var)
			if !ok {
				return taint{}
			}
			if !v.IsField() {
				return taint{v: v}
			}
			field, x = v, y.X
		case *ast.IndexExpr:
			field, x = nil, y.X
		case *ast.StarExpr:
			x = y.X
		case *ast.UnaryExpr:
			x = y.X
		case *ast.Ident:
			v, _ := f.info.ObjectOf(y).(*types.Var)
			return taint{v, field}
		default:
			return taint{}
		}
	}
}

// argument says what becomes of an argument: the call, if that has the order as well, or
// nil, and whether it is in order from there on.
func (f *function) argument(call *ast.CallExpr, x ast.Expr, at Finding) (next ast.Expr, sorts bool) {
	if call.Fun == x {
		return nil, false
	}
	if f.info.Types[call.Fun].IsType() {
		return call, false // a conversion
	}
	switch name := syntax.Builtin(f.info, call); name {
	case "":
	case "append":
		return call, false
	default:
		if name == "copy" && len(call.Args) == 2 && call.Args[1] == x {
			f.follow(f.base(call.Args[0]), call.End(), at)
		}
		return nil, false
	}
	if isLog(f.info, call) {
		return nil, false
	}
	n := name(f.info, call)
	switch {
	case sorting[n]:
		return nil, true
	case passing[n]:
		return call, false
	}
	if to := written(f.info, call); to != nil && to != x {
		f.follow(f.base(to), call.End(), at)
		return nil, false
	}
	for i, arg := range call.Args {
		if arg != x {
			continue
		}
		switch f.calls.Given(call, i) {
		case Sensitive:
			f.report(at, "what "+types.ExprString(call.Fun)+" is given")
		case Sorts:
			return nil, true
		case Passes:
			return call, false
		}
	}
	return nil, false
}

// isAssigned reports whether an element is what an assignment writes to.
func (f *function) isAssigned(x ast.Expr) bool {
	a, ok := f.parent[x].(*ast.AssignStmt)
	if !ok {
		return false
	}
	for _, lhs := range a.Lhs {
		if lhs == x {
			return true
		}
	}
	return false
}

func isMapIndex(info *types.Info, x *ast.IndexExpr) bool { return IsMap(info.TypeOf(x.X)) }

// guardedByLen reports whether an if or a case around a node, or a loop, asks whether the length of v
// is 1: the only element is the first in any order.
func (f *function) guardedByLen(x ast.Node, v *types.Var) bool {
	for y := x; y != nil; y = f.parent[y] {
		switch y := y.(type) {
		case *ast.IfStmt:
			if comparesLen(f.info, y.Cond, v, token.EQL) {
				return true
			}
		case *ast.CaseClause:
			s, _ := f.parent[f.parent[y]].(*ast.SwitchStmt)
			for _, e := range y.List {
				if comparesLen(f.info, e, v, token.EQL) || s != nil && s.Tag != nil && len(y.List) == 1 && isLen(f.info, s.Tag, v) && isOne(f.info, e) {
					return true
				}
			}
		}
	}
	return false
}

// hasOne reports whether a map that is ranged over is known to have no more than one element: an if
// or a case around the loop asks for its length, or an if before it leaves where there are more.
func (f *function) hasOne(x *ast.RangeStmt) bool {
	v, ok := syntax.Root(f.info, x.X).(*types.Var)
	if !ok {
		return false
	}
	if f.guardedByLen(x, v) {
		return true
	}
	for y := ast.Node(x); y != nil; y = f.parent[y] {
		var before []ast.Stmt
		switch parent := f.parent[y].(type) {
		case *ast.BlockStmt:
			before = parent.List
		case *ast.CaseClause:
			before = parent.Body
		}
		for _, s := range before {
			if guard, ok := s.(*ast.IfStmt); ok && s.End() <= x.Pos() && syntax.Stops(guard.Body.List) && (comparesLen(f.info, guard.Cond, v, token.NEQ) || comparesLen(f.info, guard.Cond, v, token.GTR)) {
				return true
			}
		}
	}
	return false
}

// comparesLen reports whether a condition compares the length of a variable with the number 1.
func comparesLen(info *types.Info, cond ast.Node, v *types.Var, op token.Token) bool {
	found := false
	ast.Inspect(cond, func(x ast.Node) bool {
		if b, ok := x.(*ast.BinaryExpr); ok && b.Op == op && isOne(info, b.Y) {
			found = found || isLen(info, b.X, v)
		}
		return !found
	})
	return found
}

// isLen reports whether x is the length of a variable, or of a part of it.
func isLen(info *types.Info, x ast.Expr, v *types.Var) bool {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	return ok && len(call.Args) == 1 && syntax.Builtin(info, call) == "len" && syntax.Mention(info, call.Args[0], v).IsValid()
}

func isOne(info *types.Info, x ast.Expr) bool {
	value := info.Types[x].Value
	return value != nil && constant.Compare(value, token.EQL, constant.MakeInt64(1))
}
