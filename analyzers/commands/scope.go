package commands

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A scope is what is known of variables in a function.
type scope struct {
	*function
	funcs    map[types.Object]closure
	numbers  map[types.Object]int             // parameters that are constant numbers
	versions map[types.Object]string          // variables that hold a version, by change id
	conds    map[types.Object]*structure.Cond // booleans about versions
	texts    map[types.Object]string          // parameters that are constant strings
	options  map[types.Object]string          // what contexts carry, and variables with options
	holds    map[types.Object]types.Type      // what variables that are interfaces hold
}

// A closure is a function value: a literal with the scope that it was written in, or a
// declared function.
type closure struct {
	lit *ast.FuncLit
	in  *scope
	fn  *types.Func
}

func newScope(f *function) *scope {
	return &scope{
		function: f, funcs: make(map[types.Object]closure), numbers: make(map[types.Object]int), versions: make(map[types.Object]string),
		conds: make(map[types.Object]*structure.Cond), texts: make(map[types.Object]string), options: make(map[types.Object]string),
		holds: make(map[types.Object]types.Type),
	}
}

// defineAll notes what an assignment or a declaration fills.
func (b *builder) defineAll(sc *scope, n ast.Node) {
	for lhs, rhs := range syntax.Assigned(n) {
		if rhs != nil {
			b.define(sc, lhs, rhs)
		}
	}
}

// define notes what a variable or field holds.
func (b *builder) define(sc *scope, lhs, value ast.Expr) {
	if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok {
		if v, ok := sc.info.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
			b.keep(sc, v, value)
		}
		return
	}
	v := syntax.Var(sc.info, lhs)
	if v == nil {
		return
	}
	b.hold(sc, v, value)
	if text := b.optionsOf(sc, value); text != "" {
		sc.options[v] = text
	}
	if c, ok := b.closureOf(sc, value); ok {
		sc.funcs[v] = c
		return
	}
	if id, ok := b.versionOf(sc, value); ok {
		sc.versions[v] = id
		return
	}
	if c := b.cond(sc, value); c != nil {
		sc.conds[v] = c
	}
}

// closureOf is the function that an expression is.
func (b *builder) closureOf(sc *scope, x ast.Expr) (closure, bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.FuncLit:
		return closure{lit: x, in: sc}, true
	case *ast.Ident:
		switch obj := sc.info.Uses[x].(type) {
		case *types.Func:
			return closure{fn: obj}, true
		case *types.Var:
			if c, ok := sc.funcs[obj]; ok {
				return c, true
			}
			return b.initial(obj)
		}
	case *ast.SelectorExpr:
		switch obj := sc.info.Uses[x.Sel].(type) {
		case *types.Func:
			return closure{fn: obj}, true
		case *types.Var:
			return b.initial(obj)
		}
	case *ast.CallExpr:
		return b.madeBy(sc, x)
	}
	return closure{}, false
}

// madeBy is the function that a function of the program returns, if that is all it does.
func (b *builder) madeBy(sc *scope, call *ast.CallExpr) (c closure, ok bool) {
	if syntax.IsFuncType(sc.info.TypeOf(call)) {
		b.result(sc, call, func(inner *scope, x ast.Expr) { c, ok = b.closureOf(inner, x) })
	}
	return c, ok
}

// initial is the function that a package variable has been given where it is declared.
func (b *builder) initial(v *types.Var) (closure, bool) {
	if v.IsField() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() {
		return closure{}, false
	}
	value, ok := b.p.values[keys.Var(v)]
	if !ok || b.depth > maxDepth {
		return closure{}, false
	}
	b.depth++
	defer func() { b.depth-- }()
	return b.closureOf(newScope(value.in), value.x)
}

// returned is the condition about versions that a helper of the program returns.
func (b *builder) returned(sc *scope, call *ast.CallExpr) (c *structure.Cond) {
	if t := sc.info.TypeOf(call); t != nil && syntax.IsBool(t) {
		b.result(sc, call, func(inner *scope, x ast.Expr) { c = b.cond(inner, x) })
	}
	return c
}

// result calls f with what a function of the program returns first, if it does little else: it
// fills variables, and leaves only where something is wrong.
func (b *builder) result(sc *scope, call *ast.CallExpr, f func(inner *scope, x ast.Expr)) {
	callee := b.callee(sc, call)
	if callee == nil || b.depth > maxDepth || b.stack[callee.key] {
		return
	}
	b.depth++
	defer func() { b.depth-- }()
	inner := b.bind(sc, callee, call)
	for _, s := range callee.decl.Body.List {
		switch s := s.(type) {
		case *ast.AssignStmt:
			b.defineAll(inner, s)
		case *ast.IfStmt:
			if leaves(s) {
				return
			}
		case *ast.ReturnStmt:
			if len(s.Results) > 0 {
				f(inner, s.Results[0])
			}
			return
		default:
			return
		}
	}
}

// leaves reports whether a statement returns.
func leaves(s ast.Stmt) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		}
		return !found
	})
	return found
}

// bind is the scope of a function that is called.
func (b *builder) bind(sc *scope, f *function, call *ast.CallExpr) *scope {
	inner := newScope(f)
	params := f.fn.Signature().Params()
	for i, arg := range call.Args {
		if i >= params.Len() {
			break
		}
		b.argumentIs(inner, params.At(i), sc, arg)
	}
	return inner
}

// give notes what a closure is given where it is called, and forgets what it was given before.
func (b *builder) give(c closure, sc *scope, call *ast.CallExpr) {
	i := 0
	for _, field := range c.lit.Type.Params.List {
		for _, name := range field.Names {
			v, ok := c.in.info.Defs[name].(*types.Var)
			if ok && i < len(call.Args) {
				c.in.forget(v)
				b.argumentIs(c.in, v, sc, call.Args[i])
			}
			i++
		}
	}
}

func (sc *scope) forget(v *types.Var) {
	delete(sc.funcs, v)
	delete(sc.numbers, v)
	delete(sc.versions, v)
	delete(sc.conds, v)
	delete(sc.texts, v)
	delete(sc.options, v)
	delete(sc.holds, v)
}

// argumentIs notes what a parameter is given.
func (b *builder) argumentIs(inner *scope, v *types.Var, sc *scope, arg ast.Expr) {
	if types.IsInterface(v.Type()) {
		inner.holds[v] = b.held(sc, arg)
	}
	if syntax.IsFuncType(v.Type()) || types.IsInterface(v.Type()) {
		if c, ok := b.closureOf(sc, arg); ok {
			inner.funcs[v] = c
		}
	}
	if text := b.optionsOf(sc, arg); text != "" {
		inner.options[v] = text
	}
	if syntax.IsString(v.Type()) || types.IsInterface(v.Type()) && syntax.IsString(sc.info.TypeOf(arg)) {
		inner.texts[v] = b.text(sc, arg)
	}
	if n, ok := sc.number(arg); ok {
		inner.numbers[v] = n
	}
	if id, ok := b.versionOf(sc, arg); ok {
		inner.versions[v] = id
	}
	if c := b.cond(sc, arg); c != nil {
		inner.conds[v] = c
	}
}
