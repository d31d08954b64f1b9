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
		function: f, funcs: make(map[types.Object]closure), versions: make(map[types.Object]string),
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
			b.fill(sc, v, value)
			if c := b.cond(sc, value); c != nil {
				b.fields[v] = c
			}
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
func (b *builder) madeBy(sc *scope, call *ast.CallExpr) (closure, bool) {
	fn := syntax.Callee(sc.info, call)
	if fn == nil || b.depth > maxDepth || fn.Signature().Results().Len() != 1 || !syntax.IsFuncType(fn.Signature().Results().At(0).Type()) {
		return closure{}, false
	}
	f := b.p.funcs[keys.Func(fn.Origin())]
	if f == nil || b.stack[f.key] {
		return closure{}, false
	}
	b.depth++
	defer func() { b.depth-- }()
	inner := b.bind(sc, f, call)
	for _, s := range f.decl.Body.List {
		switch s := s.(type) {
		case *ast.AssignStmt:
			b.defineAll(inner, s)
		case *ast.ReturnStmt:
			if len(s.Results) == 1 {
				return b.closureOf(inner, s.Results[0])
			}
			return closure{}, false
		default:
			return closure{}, false
		}
	}
	return closure{}, false
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
func (b *builder) returned(sc *scope, call *ast.CallExpr) *structure.Cond {
	fn := syntax.Callee(sc.info, call)
	if fn == nil || b.depth > maxDepth {
		return nil
	}
	f := b.p.funcs[keys.Func(fn.Origin())]
	if f == nil || fn.Signature().Results().Len() != 1 || !syntax.IsBool(fn.Signature().Results().At(0).Type()) || b.stack[f.key] {
		return nil
	}
	inner := b.bind(sc, f, call)
	b.depth++
	defer func() { b.depth-- }()
	for _, s := range f.decl.Body.List {
		if ret, ok := s.(*ast.ReturnStmt); ok && len(ret.Results) == 1 {
			return b.cond(inner, ret.Results[0])
		}
		if a, ok := s.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
			b.defineAll(inner, a)
			continue
		}
		return nil
	}
	return nil
}

// bind is the scope of a function that is called.
func (b *builder) bind(sc *scope, f *function, call *ast.CallExpr) *scope {
	inner := newScope(f)
	params := f.fn.Signature().Params()
	for i, arg := range call.Args {
		if i >= params.Len() {
			break
		}
		v := params.At(i)
		if types.IsInterface(v.Type()) {
			inner.holds[v] = b.held(sc, arg)
		}
		if c, ok := b.closureOf(sc, arg); ok && (syntax.IsFuncType(v.Type()) || types.IsInterface(v.Type())) {
			inner.funcs[v] = c
		}
		if text := b.optionsOf(sc, arg); text != "" {
			inner.options[v] = text
		}
		if syntax.IsString(v.Type()) {
			inner.texts[v] = b.text(sc, arg)
		}
		if id, ok := b.versionOf(sc, arg); ok {
			inner.versions[v] = id
		}
		if c := b.cond(sc, arg); c != nil {
			inner.conds[v] = c
		}
	}
	return inner
}
