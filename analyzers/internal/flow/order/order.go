// Package order asks where the order of a map's elements goes in one function. A range over
// a map has another order each time; mostly that reaches nothing: what is collected is
// sorted, summed, counted, or put into another map.
package order

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Meaning is what the order of calls, or of what they are given, means to a function.
type Meaning int

const (
	Nothing Meaning = iota
	// Sensitive: other calls of it, or other arguments, have it do something else.
	Sensitive
	// Waits: it returns when something has happened.
	Waits
	// Sorts: what it is given is in order afterwards.
	Sorts
	// Passes: its first result is in the order of what it is given.
	Passes
)

// Calls is what the caller of [Of] knows of the functions that are called.
type Calls struct {
	// Called is what it means that a function is called in the order of a map.
	Called func(*ast.CallExpr) Meaning
	// Given is what it means that argument i has the order of a map.
	Given func(call *ast.CallExpr, i int) Meaning
	// Unordered reports whether the first result has the order of a map.
	Unordered func(*ast.CallExpr) bool
}

// A Finding is an order that reaches something.
type Finding struct {
	Pos, End token.Pos // of the source: the head of a loop, or a call
	Source   string    // "range over m", "the result of Keys"
	Reaches  string
	Range    *ast.RangeStmt // the loop, if its source is a map
	Lit      *ast.FuncLit   // the innermost function literal around it
}

// A Result is what [Of] finds.
type Result struct {
	Findings []Finding
	// Returned: the first result of the function has the order of a map.
	Returned bool
	// At is the source whose order is returned.
	At Finding
}

// Of follows the order of maps in a function.
func Of(info *types.Info, decl *ast.FuncDecl, calls Calls) Result {
	f := newFunction(info, decl.Body, decl.Type, calls)
	f.sources(decl.Body)
	return f.result
}

// OfParam follows the order of a slice that a function is given, and says what it means to
// the function.
func OfParam(info *types.Info, decl *ast.FuncDecl, v *types.Var, calls Calls) Meaning {
	f := newFunction(info, decl.Body, decl.Type, calls)
	f.follow(taint{v: v}, decl.Body.Pos(), Finding{Pos: decl.Pos()})
	switch {
	case len(f.result.Findings) > 0:
		return Sensitive
	case f.result.Returned:
		return Passes
	case f.sorted[v]:
		return Sorts
	}
	return Nothing
}

// function is the function that is looked at.
type function struct {
	info   *types.Info
	calls  Calls
	parent map[ast.Node]ast.Node
	uses   map[*types.Var][]*ast.Ident // in the order of the text
	// results are the first named results of the function and of closures.
	results map[*types.Var]*ast.FuncLit
	seen    map[seen]bool
	sorted  map[*types.Var]bool
	result  Result
}

// seen is a variable that has been followed from a place.
type seen struct {
	taint
	from token.Pos
}

// A taint is what has the order of a map: a variable, or one of its fields.
type taint struct {
	v     *types.Var
	field *types.Var // nil for the variable itself
}

func newFunction(info *types.Info, body *ast.BlockStmt, typ *ast.FuncType, calls Calls) *function {
	f := &function{
		info: info, calls: calls,
		parent:  make(map[ast.Node]ast.Node),
		uses:    make(map[*types.Var][]*ast.Ident),
		results: make(map[*types.Var]*ast.FuncLit),
		seen:    make(map[seen]bool),
		sorted:  make(map[*types.Var]bool),
	}
	f.noteResult(typ, nil)
	ast.PreorderStack(body, nil, func(x ast.Node, stack []ast.Node) bool {
		if lit, ok := x.(*ast.FuncLit); ok {
			f.noteResult(lit.Type, lit)
		}
		if len(stack) > 0 {
			f.parent[x] = stack[len(stack)-1]
		}
		if id, ok := x.(*ast.Ident); ok {
			if v, ok := info.Uses[id].(*types.Var); ok && !v.IsField() {
				f.uses[v] = append(f.uses[v], id)
			}
		}
		return true
	})
	return f
}

// IsSource reports whether a node may be the source of an order: a function without one
// need not be looked at.
func IsSource(info *types.Info, x ast.Node, unordered func(*ast.CallExpr) bool) bool {
	switch x := x.(type) {
	case *ast.RangeStmt:
		return IsMap(info.TypeOf(x.X))
	case *ast.CallExpr:
		return listsMap(info, x) || rangesMap(info, x) != nil || unordered(x)
	}
	return false
}

// IsMap reports whether values of type t are maps; those of a type parameter are if all
// types that it may be are.
func IsMap(t types.Type) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.TypeParam); ok {
		u, ok := p.Constraint().Underlying().(*types.Interface)
		if !ok {
			return false
		}
		maps := 0
		for e := range u.EmbeddedTypes() {
			if !termsAreMaps(e) {
				return false
			}
			maps++
		}
		return maps > 0
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

func termsAreMaps(t types.Type) bool {
	u, ok := types.Unalias(t).(*types.Union)
	if !ok {
		_, ok := t.Underlying().(*types.Map)
		return ok
	}
	for term := range u.Terms() {
		if _, ok := term.Type().Underlying().(*types.Map); !ok {
			return false
		}
	}
	return u.Len() > 0
}

// sources looks for sources of an order, and follows each.
func (f *function) sources(body *ast.BlockStmt) {
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.RangeStmt:
			if IsMap(f.info.TypeOf(x.X)) && !f.hasOne(x) {
				f.loop(rangeLoop(f.info, x), Finding{Pos: x.Pos(), End: x.X.End(), Source: "range over " + types.ExprString(x.X), Range: x, Lit: f.literal(x)})
			}
		case *ast.CallExpr:
			at := Finding{Pos: x.Pos(), End: x.End(), Source: "the result of " + types.ExprString(x.Fun), Lit: f.literal(x)}
			switch lit := rangesMap(f.info, x); {
			case lit != nil:
				at.Source = types.ExprString(x.Fun)
				f.loop(loop{body: lit.Body, pos: x.Pos(), end: x.End(), callback: lit}, at)
			case listsMap(f.info, x) || f.calls.Unordered(x):
				f.consume(x, nil, at)
			}
		case *ast.ForStmt:
			if call, ok := x.Cond.(*ast.CallExpr); ok && isMethod(f.info, call, "reflect", "MapIter.Next") {
				f.loop(loop{body: x.Body, pos: x.Pos(), end: x.End()}, Finding{Pos: x.Pos(), End: x.Body.Pos(), Source: "the loop over " + types.ExprString(call.Fun), Lit: f.literal(x)})
			}
		}
		return true
	})
}

// literal is the innermost function literal around a node, or nil.
func (f *function) literal(x ast.Node) *ast.FuncLit {
	for x = f.parent[x]; x != nil; x = f.parent[x] {
		if lit, ok := x.(*ast.FuncLit); ok {
			return lit
		}
	}
	return nil
}

// report keeps a finding, one for each source.
func (f *function) report(at Finding, reaches string) {
	at.Reaches = reaches
	for _, have := range f.result.Findings {
		if have.Pos == at.Pos {
			return
		}
	}
	f.result.Findings = append(f.result.Findings, at)
}

// follow looks at the uses of a variable that has the order of a map, from a place on.
func (f *function) follow(t taint, from token.Pos, at Finding) {
	if t.v == nil || f.seen[seen{t, from}] {
		return
	}
	f.seen[seen{t, from}] = true
	for _, id := range f.uses[t.v] {
		if id.Pos() < from {
			continue
		}
		if f.isTarget(id) {
			if t.field == nil && !f.inOwnUpdate(id, t.v) {
				return // another value
			}
			continue
		}
		x, ok := f.selected(id, t)
		if !ok {
			continue
		}
		if f.consume(x, t.field, at) {
			f.sorted[t.v] = true
			return
		}
	}
	if lit, ok := f.results[t.v]; ok {
		f.returned(lit, at)
	}
}

// selected is what a use of a variable names of a taint: the field, or, for all of the
// variable, the variable.
func (f *function) selected(id *ast.Ident, t taint) (ast.Expr, bool) {
	sel, ok := f.parent[id].(*ast.SelectorExpr)
	if t.field == nil || !ok || sel.X != id {
		return id, true
	}
	if f.info.ObjectOf(sel.Sel) != t.field {
		_, isField := f.info.ObjectOf(sel.Sel).(*types.Var)
		return id, !isField // a method sees all fields
	}
	return sel, true
}

// isTarget reports whether an identifier is what an assignment writes to.
func (f *function) isTarget(id *ast.Ident) bool {
	a, ok := f.parent[id].(*ast.AssignStmt)
	if !ok {
		return false
	}
	for _, lhs := range a.Lhs {
		if lhs == id {
			return true
		}
	}
	return false
}

// inOwnUpdate reports whether the assignment to a variable mentions the variable.
func (f *function) inOwnUpdate(id *ast.Ident, v *types.Var) bool {
	a, ok := f.parent[id].(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN && a.Tok != token.DEFINE {
		return true
	}
	for _, rhs := range a.Rhs {
		if syntax.Mention(f.info, rhs, v).IsValid() {
			return true
		}
	}
	return false
}

// returned follows the first result of a closure, or of the function itself if lit is nil.
func (f *function) returned(lit *ast.FuncLit, at Finding) {
	if lit == nil {
		if !f.result.Returned {
			f.result.Returned, f.result.At = true, at
		}
		return
	}
	x := ast.Expr(lit)
	for {
		paren, ok := f.parent[x].(*ast.ParenExpr)
		if !ok {
			break
		}
		x = paren
	}
	switch p := f.parent[x].(type) {
	case *ast.CallExpr:
		if p.Fun == x {
			f.consume(p, nil, at)
		}
	case *ast.AssignStmt:
		for i, rhs := range p.Rhs {
			if rhs == x && i < len(p.Lhs) {
				f.calledBy(f.base(p.Lhs[i]).v, at)
			}
		}
	}
}

// calledBy follows what the calls of a function in a variable return.
func (f *function) calledBy(v *types.Var, at Finding) {
	if v == nil || f.seen[seen{taint{v: v}, token.NoPos}] {
		return
	}
	f.seen[seen{taint{v: v}, token.NoPos}] = true
	for _, id := range f.uses[v] {
		if call, ok := f.parent[id].(*ast.CallExpr); ok && call.Fun == id {
			f.consume(call, nil, at)
		}
	}
}

// noteResult notes the first named result of a function or a closure.
func (f *function) noteResult(typ *ast.FuncType, lit *ast.FuncLit) {
	if typ.Results == nil || len(typ.Results.List) == 0 || len(typ.Results.List[0].Names) == 0 {
		return
	}
	if v, ok := f.info.Defs[typ.Results.List[0].Names[0]].(*types.Var); ok {
		f.results[v] = lit
	}
}
