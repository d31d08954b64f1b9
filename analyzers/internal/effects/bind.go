package effects

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// boundFunc is a function value that flows into a variable, a field or a result.
type boundFunc struct {
	key string
	fn  *types.Func
	lit *ast.FuncLit
	pos token.Pos
	// iface and method are set if the value is an interface's method.
	iface, method string
}

// conversions records the implicit and explicit conversions to interfaces that a
// node of the syntax makes. Only what is really converted binds: that a type has
// the methods of an interface says nothing.
func (p *pkg) conversions(n *node, x ast.Node) {
	switch x := x.(type) {
	case *ast.CallExpr:
		p.callConversions(x)
	case *ast.AssignStmt:
		if len(x.Lhs) != len(x.Rhs) {
			p.tupleConversions(x)
			return
		}
		for i, lhs := range x.Lhs {
			if id := identOf(lhs); id != nil && id.Name == "_" {
				continue
			}
			if t := p.info.TypeOf(lhs); t != nil {
				p.convert(t, x.Rhs[i])
				p.assignFunc(lhs, t, x.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, name := range x.Names {
			if i < len(x.Values) && name.Name != "_" {
				if obj := p.info.Defs[name]; obj != nil {
					p.convert(obj.Type(), x.Values[i])
				}
			}
		}
	case *ast.ReturnStmt:
		p.returnConversions(n, x)
	case *ast.CompositeLit:
		p.literalConversions(n, x)
	case *ast.SendStmt:
		if ch, ok := under[*types.Chan](p.info.TypeOf(x.Chan)); ok {
			p.convert(ch.Elem(), x.Value)
		}
	case *ast.TypeAssertExpr:
		if x.Type != nil {
			p.link(p.info.TypeOf(x.Type), p.info.TypeOf(x.X), x.Pos())
		}
	case *ast.TypeSwitchStmt:
		p.switchConversions(x)
	}
}

func under[T types.Type](t types.Type) (T, bool) {
	var zero T
	if t == nil {
		return zero, false
	}
	u, ok := t.Underlying().(T)
	return u, ok
}

func (p *pkg) callConversions(call *ast.CallExpr) {
	tv := p.info.Types[call.Fun]
	if tv.IsType() {
		if len(call.Args) == 1 {
			p.convert(tv.Type, call.Args[0])
		}
		return
	}
	sig, ok := under[*types.Signature](tv.Type)
	if !ok {
		return
	}
	p.dependencyInjection(call)
	params := sig.Params()
	for i, arg := range call.Args {
		var t types.Type
		switch {
		case sig.Variadic() && i >= params.Len()-1 && !call.Ellipsis.IsValid():
			if s, ok := under[*types.Slice](params.At(params.Len() - 1).Type()); ok {
				t = s.Elem()
			}
		case i < params.Len():
			t = params.At(i).Type()
		}
		if t != nil {
			p.convert(t, arg)
		}
	}
}

// tupleConversions handles v, err = f().
func (p *pkg) tupleConversions(a *ast.AssignStmt) {
	tuple, ok := p.info.TypeOf(a.Rhs[0]).(*types.Tuple)
	if !ok || tuple.Len() != len(a.Lhs) {
		return
	}
	for i, lhs := range a.Lhs {
		if t := p.info.TypeOf(lhs); t != nil {
			p.link(t, tuple.At(i).Type(), a.Pos())
		}
	}
}

func (p *pkg) returnConversions(n *node, ret *ast.ReturnStmt) {
	if n.sig == nil {
		return
	}
	results := n.sig.Results()
	if len(ret.Results) == 1 && results.Len() > 1 {
		if tuple, ok := p.info.TypeOf(ret.Results[0]).(*types.Tuple); ok && tuple.Len() == results.Len() {
			for i := range results.Len() {
				p.link(results.At(i).Type(), tuple.At(i).Type(), ret.Pos())
			}
		}
		return
	}
	for i, x := range ret.Results {
		if i >= results.Len() {
			return
		}
		p.convert(results.At(i).Type(), x)
		if n.fn != nil {
			p.returnedTargets(n.fn, results.At(i).Type(), x)
		}
	}
}

// returnedTargets binds the functions that a function returns to its result, for
// registrations such as "for _, a := range All() { w.RegisterActivity(a) }".
func (p *pkg) returnedTargets(fn *types.Func, t types.Type, x ast.Expr) {
	key := resultKey(fn)
	p.bindFunc(key, t, x)
	lit, ok := ast.Unparen(x).(*ast.CompositeLit)
	if !ok {
		return
	}
	slice, ok := under[*types.Slice](t)
	if !ok {
		return
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
		}
		p.bindFunc(key, slice.Elem(), elt)
		if types.IsInterface(slice.Elem()) {
			p.bindMethods(key, elt)
		}
	}
}

// bindMethods binds the exported methods of a struct that is in a list of things
// to register.
func (p *pkg) bindMethods(key string, x ast.Expr) {
	t := p.info.TypeOf(x)
	if t == nil || types.IsInterface(t) || isFuncType(t) {
		return
	}
	if _, isPtr := t.Underlying().(*types.Pointer); !isPtr {
		t = types.NewPointer(t)
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if fn, ok := set.At(i).Obj().(*types.Func); ok && fn.Exported() {
			p.boundTo = append(p.boundTo, boundFunc{key: key, fn: fn.Origin(), pos: x.Pos()})
		}
	}
}

func (p *pkg) literalConversions(n *node, lit *ast.CompositeLit) {
	t := p.info.TypeOf(lit)
	if t == nil {
		return
	}
	switch u := deref(t).Underlying().(type) {
	case *types.Struct:
		for i, elt := range lit.Elts {
			var field *types.Var
			value := elt
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				value = kv.Value
				if id := identOf(kv.Key); id != nil {
					field, _ = p.info.Uses[id].(*types.Var)
				}
			} else if i < u.NumFields() {
				field = u.Field(i)
			}
			if field != nil {
				p.convert(field.Type(), value)
				if key := fieldKeyOf(deref(t), field.Name()); key != "" {
					p.bindFunc(key, field.Type(), value)
					if n.init && isFuncType(field.Type()) {
						// Whoever calls the field runs it, and not whoever uses the variable.
						n.marks = append(n.marks, mark{value.Pos(), value.End(), atStart})
					}
				}
			}
		}
	case *types.Slice:
		p.elementConversions(u.Elem(), lit)
	case *types.Array:
		p.elementConversions(u.Elem(), lit)
	case *types.Map:
		p.elementConversions(u.Elem(), lit)
	}
}

func deref(t types.Type) types.Type {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}

func (p *pkg) elementConversions(elem types.Type, lit *ast.CompositeLit) {
	if !types.IsInterface(elem) {
		return
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
		}
		p.convert(elem, elt)
	}
}

func (p *pkg) switchConversions(s *ast.TypeSwitchStmt) {
	var from types.Type
	ast.Inspect(s.Assign, func(x ast.Node) bool {
		if a, ok := x.(*ast.TypeAssertExpr); ok {
			from = p.info.TypeOf(a.X)
		}
		return from == nil
	})
	for _, clause := range s.Body.List {
		for _, x := range clause.(*ast.CaseClause).List {
			if tv := p.info.Types[x]; tv.IsType() {
				p.link(tv.Type, from, x.Pos())
			}
		}
	}
}

// convert records that the value x flows into type t.
func (p *pkg) convert(t types.Type, x ast.Expr) {
	if !types.IsInterface(t) {
		return
	}
	tv, ok := p.info.Types[x]
	if !ok || tv.IsNil() || tv.Type == nil {
		return
	}
	p.link(t, tv.Type, x.Pos())
}

// link records that values of type from flow into the interface to.
func (p *pkg) link(to, from types.Type, pos token.Pos) {
	if p.testing || to == nil || from == nil || !types.IsInterface(to) {
		return
	}
	if i, ok := under[*types.Interface](to); !ok || i.NumMethods() == 0 {
		return // everything flows into any; following that would connect everything
	}
	if types.Identical(to, from) {
		return
	}
	toKey := ifaceKey(to)
	if toKey == "" {
		return
	}
	var fromKey string
	if types.IsInterface(from) {
		fromKey = ifaceKey(from)
	} else {
		fromKey = p.concrete(from)
	}
	if fromKey == "" || fromKey == toKey {
		return
	}
	b := bind{From: toKey, To: fromKey}
	if have, ok := p.binds[b]; !ok || pos < have {
		p.binds[b] = pos
	}
}

// concrete names a concrete type that is bound; a function type with methods is
// one too (http.HandlerFunc and its like).
func (p *pkg) concrete(t types.Type) string {
	key := typeKey(t)
	if key == "" || foreign(key[2:]) {
		return ""
	}
	return key
}

// bindTypeArgs records the type arguments of generic functions and types: they
// flow into their constraints.
func (p *pkg) bindTypeArgs() {
	for id, inst := range p.info.Instances {
		if p.files[p.pass.Fset.File(id.Pos())] == nil {
			continue
		}
		var params *types.TypeParamList
		switch obj := p.info.Uses[id].(type) {
		case *types.Func:
			params = obj.Origin().Signature().TypeParams()
		case *types.TypeName:
			if named, ok := types.Unalias(obj.Type()).(*types.Named); ok {
				params = named.Origin().TypeParams()
			}
		}
		for i := 0; i < params.Len() && i < inst.TypeArgs.Len(); i++ {
			p.link(params.At(i).Constraint(), inst.TypeArgs.At(i), id.Pos())
		}
	}
}

// assignFunc binds a function that is assigned to a field or package variable.
func (p *pkg) assignFunc(lhs ast.Expr, t types.Type, rhs ast.Expr) {
	switch lhs := ast.Unparen(lhs).(type) {
	case *ast.SelectorExpr:
		if s := p.info.Selections[lhs]; s != nil && s.Kind() == types.FieldVal {
			p.bindFunc(fieldKey(s), t, rhs)
		} else if v, ok := p.info.Uses[lhs.Sel].(*types.Var); ok {
			p.bindFunc(varKey(v), t, rhs)
		}
	case *ast.Ident:
		if v, ok := p.info.Uses[lhs].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			p.bindFunc(varKey(v), t, rhs)
		}
	}
}

// bindFunc binds the function value x, if it is one, to a key.
func (p *pkg) bindFunc(key string, t types.Type, x ast.Expr) {
	if p.testing || key == "" || t == nil || !isFuncType(t) && !types.IsInterface(t) {
		return
	}
	x = ast.Unparen(x)
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 1 && p.info.Types[call.Fun].IsType() {
		x = ast.Unparen(call.Args[0])
	}
	b := boundFunc{key: key, pos: x.Pos()}
	switch x := x.(type) {
	case *ast.FuncLit:
		b.lit = x
	case *ast.Ident:
		switch obj := p.info.Uses[x].(type) {
		case *types.Func:
			b.fn = obj.Origin()
		case *types.Var:
			p.bindVar(key, obj, x.Pos())
			return
		}
	case *ast.SelectorExpr:
		switch obj := p.info.Uses[x.Sel].(type) {
		case *types.Func:
			if s := p.info.Selections[x]; s != nil && types.IsInterface(receiver(s)) {
				b.iface, b.method = ifaceKey(receiver(s)), obj.Name()
				if b.iface == "" {
					return
				}
			} else {
				b.fn = obj.Origin()
			}
		case *types.Var:
			if s := p.info.Selections[x]; s != nil && s.Kind() == types.FieldVal && isFuncType(obj.Type()) {
				if from := fieldKey(s); from != "" && from != key {
					p.binds[bind{From: key, To: from}] = x.Pos()
				}
			} else if s == nil {
				p.bindVar(key, obj, x.Pos())
			}
			return
		}
	}
	if b.fn != nil || b.lit != nil || b.iface != "" {
		p.boundTo = append(p.boundTo, b)
	}
}

// bindVar binds what a variable holds: a parameter makes its function a wrapper,
// a package variable links two keys.
func (p *pkg) bindVar(key string, v *types.Var, pos token.Pos) {
	if !isFuncType(v.Type()) || v.Pkg() == nil {
		return
	}
	if v.Parent() == v.Pkg().Scope() {
		if from := varKey(v); from != key {
			p.binds[bind{From: key, To: from}] = pos
		}
		return
	}
	if fn, i, ok := p.finder.ParamOf(v); ok {
		p.finder.AddForward(fn, roles.Forward{Kind: sdk.None, Param: i, Field: key})
	}
}

// dependencyInjection knows the two libraries that bind types by naming them:
// wire.Bind(new(I), new(T)) and fx.Annotate(NewT, fx.As(new(I))).
func (p *pkg) dependencyInjection(call *ast.CallExpr) {
	fn := roles.Callee(p.info, call)
	if fn == nil || fn.Pkg() == nil {
		return
	}
	switch fn.Pkg().Path() + "." + fn.Name() {
	case "github.com/google/wire.Bind":
		if len(call.Args) == 2 {
			p.link(p.pointee(call.Args[0]), p.pointee(call.Args[1]), call.Pos())
		}
	case "go.uber.org/fx.Annotate":
		if len(call.Args) < 2 {
			return
		}
		sig, ok := under[*types.Signature](p.info.TypeOf(call.Args[0]))
		if !ok || sig.Results().Len() == 0 {
			return
		}
		for _, arg := range call.Args[1:] {
			as, ok := ast.Unparen(arg).(*ast.CallExpr)
			if !ok {
				continue
			}
			if f := roles.Callee(p.info, as); f != nil && f.Name() == "As" {
				for _, x := range as.Args {
					p.link(p.pointee(x), sig.Results().At(0).Type(), call.Pos())
				}
			}
		}
	}
}

// pointee is the type behind new(T) or (*T)(nil).
func (p *pkg) pointee(x ast.Expr) types.Type {
	if ptr, ok := under[*types.Pointer](p.info.TypeOf(x)); ok {
		return ptr.Elem()
	}
	return nil
}
