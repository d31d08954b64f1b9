package bindings

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Func is a function value that flows into a variable, a field or a result.
type Func struct {
	Key string // of the place
	Fn  *types.Func
	Lit *ast.FuncLit
	Pos token.Pos
	// Iface and Method are set if the value is an interface's method.
	Iface, Method string
}

// A Store says that a function stores a parameter in the place with a key: a function, or
// a value of the interface with the key Iface.
type Store struct {
	Param int
	Key   string
	Iface string
	Among bool // with others, in a list or a map
}

func (c *Collector) addStore(fn *types.Func, s Store) {
	if !slices.Contains(c.Stores[fn], s) {
		c.Stores[fn] = append(c.Stores[fn], s)
	}
}

// Call notes a call, whose arguments the function may store.
func (c *Collector) Call(call *ast.CallExpr, fn *types.Func) {
	if fn.Pkg() == c.Pkg {
		c.local = append(c.local, call) // what it stores may not be known yet
		c.flows.calls[fn] = append(c.flows.calls[fn], call)
		return
	}
	if stores := c.Imported(fn); len(stores) > 0 {
		c.foreign = append(c.foreign, call)
	}
}

func (c *Collector) stored(call *ast.CallExpr, stores []Store) {
	for _, s := range stores {
		if s.Iface != "" || s.Param >= len(call.Args) || s.Among && c.onPrivate(call) {
			continue
		}
		args := call.Args[s.Param : s.Param+1]
		if sig, ok := syntax.Under[*types.Signature](c.Info.TypeOf(call.Fun)); ok && sig.Variadic() && s.Param == sig.Params().Len()-1 {
			args = call.Args[s.Param:]
		}
		for _, arg := range args {
			t := c.Info.TypeOf(arg)
			c.bindFunc(s.Key, t, arg)
			if s.Among {
				c.bindServed(s.Key, t, arg)
			}
			if v := syntax.Var(c.Info, arg); v != nil {
				c.bindHanded(s.Key, v)
			}
		}
	}
}

// bindHanded binds a parameter of type any that is handed on to be stored.
func (c *Collector) bindHanded(key string, v *types.Var) {
	if i, ok := syntax.Under[*types.Interface](v.Type()); !ok || !i.Empty() {
		return
	}
	if fn, i, ok := c.ParamOf(v); ok {
		c.addStore(fn, Store{Param: i, Key: key})
	}
}

// Finish binds what the calls store. A constructor may hand
// its parameter on to another that stands below it; three levels are more than anyone
// writes.
func (c *Collector) Finish() {
	for _, call := range c.foreign {
		fn := syntax.Callee(c.Info, call)
		c.stored(call, c.Imported(fn))
		for _, s := range c.Imported(fn) {
			if params := fn.Signature().Params(); s.Iface != "" && s.Param < len(call.Args) && !c.Testing {
				c.bindAssigned(s.Key, params.At(s.Param).Type(), assigned{call.Args[s.Param], 0})
			}
		}
	}
	for range 4 {
		before := c.storeCount()
		for _, call := range c.local {
			c.stored(call, c.Stores[syntax.Callee(c.Info, call)])
		}
		if c.storeCount() == before {
			break
		}
	}
	c.local = nil
	c.bindShared()
}

func (c *Collector) storeCount() int {
	n := 0
	for _, s := range c.Stores {
		n += len(s)
	}
	return n
}

// assignFunc binds a function that is assigned to a field or package variable.
func (c *Collector) assignFunc(lhs ast.Expr, t types.Type, rhs ast.Expr) {
	switch lhs := ast.Unparen(lhs).(type) {
	case *ast.IndexExpr:
		if of := c.Info.TypeOf(lhs.X); of != nil {
			if elem, ok := functions(of); ok && types.Identical(elem, t) {
				c.assignFunc(lhs.X, t, rhs)
			}
		}
	case *ast.SelectorExpr:
		if s := c.Info.Selections[lhs]; s != nil && s.Kind() == types.FieldVal {
			c.bindFunc(keys.Field(s), t, rhs)
		} else if v, ok := c.Info.Uses[lhs.Sel].(*types.Var); ok {
			c.bindFunc(keys.Var(v), t, rhs)
		}
	case *ast.Ident:
		if v, ok := c.Info.Uses[lhs].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			c.bindFunc(keys.Var(v), t, rhs)
		}
	}
}

// bindFunc binds the function value x, or the functions in the slice x, to a key.
func (c *Collector) bindFunc(key string, t types.Type, x ast.Expr) {
	if c.Testing || key == "" || t == nil {
		return
	}
	if elem, ok := functions(t); ok {
		c.bindElements(key, elem, x)
		return
	}
	if !syntax.IsFuncType(t) && !types.IsInterface(t) {
		return
	}
	x = ast.Unparen(x)
	if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 1 && c.Info.Types[call.Fun].IsType() {
		x = ast.Unparen(call.Args[0])
	}
	b := Func{Key: key, Pos: x.Pos()}
	switch x := x.(type) {
	case *ast.FuncLit:
		b.Lit = x
	case *ast.CallExpr:
		c.bindCall(key, x)
	case *ast.Ident:
		switch obj := c.Info.Uses[x].(type) {
		case *types.Func:
			b.Fn = obj.Origin()
		case *types.Var:
			c.bindVar(key, obj, x.Pos())
			return
		}
	case *ast.SelectorExpr:
		s := c.Info.Selections[x]
		switch obj := c.Info.Uses[x.Sel].(type) {
		case *types.Func:
			if s != nil && types.IsInterface(syntax.Receiver(s)) {
				b.Iface, b.Method = keys.Interface(syntax.Receiver(s)), obj.Name()
			} else {
				b.Fn = obj.Origin()
			}
		case *types.Var:
			if s == nil {
				c.bindVar(key, obj, x.Pos())
			} else if s.Kind() == types.FieldVal && syntax.IsFuncType(obj.Type()) {
				c.bindPlaces(key, keys.Field(s), x.Pos())
			}
			return
		}
	}
	if b.Fn != nil || b.Lit != nil || b.Iface != "" {
		c.Bound = append(c.Bound, b)
	}
}

// bindCall binds the function that a call returns first, and those that it is given: what decorates a
// function runs it.
func (c *Collector) bindCall(key string, call *ast.CallExpr) {
	t := syntax.FirstType(c.Info, call)
	fn := syntax.Callee(c.Info, call)
	if fn == nil || fn.Pkg() == nil || t == nil || !syntax.IsFuncType(t) || keys.Foreign(keys.Path(fn.Pkg())) {
		return
	}
	c.bindPlaces(key, keys.Result(fn), call.Pos())
	for _, arg := range call.Args {
		if t := c.Info.TypeOf(arg); t != nil && syntax.IsFuncType(t) {
			c.bindFunc(key, t, arg)
		}
	}
}

// functions returns the type of the elements of a slice or map that may hold functions.
func functions(t types.Type) (types.Type, bool) {
	var elem types.Type
	if slice, ok := syntax.Under[*types.Slice](t); ok {
		elem = slice.Elem()
	} else if m, ok := syntax.Under[*types.Map](t); ok {
		elem = m.Elem()
	} else {
		return nil, false
	}
	i, isInterface := syntax.Under[*types.Interface](elem)
	return elem, syntax.Function(elem) != nil || isInterface && i.Empty()
}

// bindElements binds the functions in a slice: a literal, what is appended, or what another
// variable or field holds.
func (c *Collector) bindElements(key string, elem types.Type, x ast.Expr) {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		for _, elt := range x.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			c.bindElement(key, elem, elt)
		}
	case *ast.CallExpr:
		if syntax.Append(c.Info, x) == nil {
			return
		}
		for _, arg := range x.Args[1:] {
			if x.Ellipsis.IsValid() {
				c.bindElements(key, elem, arg)
			} else {
				c.bindElement(key, elem, arg)
			}
		}
	case *ast.Ident:
		if v := syntax.Var(c.Info, x); v != nil {
			if fn, i, ok := c.ParamOf(v); ok {
				c.addStore(fn, Store{Param: i, Key: key, Among: true})
			} else {
				c.bindLocal(key, v)
			}
		}
	case *ast.SelectorExpr:
		if s := c.Info.Selections[x]; s != nil && s.Kind() == types.FieldVal {
			c.bindPlaces(key, keys.Field(s), x.Pos())
		}
	}
}

// bindElement binds a function in a slice. A parameter of type any that is put there makes its
// function a wrapper.
func (c *Collector) bindElement(key string, elem types.Type, x ast.Expr) {
	if v := syntax.Var(c.Info, x); v != nil {
		if fn, i, ok := c.ParamOf(v); ok {
			c.addStore(fn, Store{Param: i, Key: key, Among: true})
			return
		}
	}
	c.bindFunc(key, elem, x)
	c.bindServed(key, c.Info.TypeOf(x), x)
}

// bindServed binds the methods of one of the program's own structs in a list of anything, if one of
// them does some work: takes a context and returns an error. They may be there to be registered.
func (c *Collector) bindServed(key string, t types.Type, x ast.Expr) {
	if t == nil || c.Testing {
		return
	}
	named, ok := types.Unalias(syntax.Deref(t)).(*types.Named)
	if !ok || types.IsInterface(named) || named.Obj().Pkg() == nil || keys.Foreign(keys.Path(named.Obj().Pkg())) {
		return
	}
	for m := range named.Methods() {
		if m.Exported() && syntax.IsTask(m.Signature()) {
			c.bindMethods(key, x)
			return
		}
	}
}

func (c *Collector) bindPlaces(key, from string, pos token.Pos) {
	if from != "" && from != key {
		c.Binds[Bind{From: key, To: from}] = pos
	}
}

// BindFunc binds a function to a place, BindLit a closure, BindPlace what another place holds,
// and BindParam a function's parameter: for places that only a domain knows.
func (c *Collector) BindFunc(key string, fn *types.Func, pos token.Pos) {
	b := Func{Key: key, Fn: fn, Pos: pos}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		b.Fn, b.Iface, b.Method = nil, keys.Interface(recv.Type()), fn.Name()
	}
	if !c.Testing && (b.Fn != nil || b.Iface != "") {
		c.Bound = append(c.Bound, b)
	}
}

// BindLit binds a closure; see [Collector.BindFunc].
func (c *Collector) BindLit(key string, lit *ast.FuncLit) {
	if !c.Testing {
		c.Bound = append(c.Bound, Func{Key: key, Lit: lit, Pos: lit.Pos()})
	}
}

// BindPlace binds what another place holds; see [Collector.BindFunc].
func (c *Collector) BindPlace(key, from string, pos token.Pos) {
	if !c.Testing {
		c.bindPlaces(key, from, pos)
	}
}

// BindParam binds what a parameter is given; see [Collector.BindFunc].
func (c *Collector) BindParam(key string, fn *types.Func, param int) {
	c.addStore(fn, Store{Param: param, Key: key})
}

// bindVar binds what a variable holds: a parameter makes its function a wrapper,
// a package variable links two keys.
func (c *Collector) bindVar(key string, v *types.Var, pos token.Pos) {
	if !syntax.IsFuncType(v.Type()) || v.Pkg() == nil {
		return
	}
	if v.Parent() == v.Pkg().Scope() {
		c.bindPlaces(key, keys.Var(v), pos)
		return
	}
	if fn, i, ok := c.ParamOf(v); ok {
		c.addStore(fn, Store{Param: i, Key: key})
	} else {
		c.bindLocal(key, v)
	}
}

// returnedTargets binds the functions that a function returns to its result, for
// registrations such as "for _, a := range All() { w.RegisterActivity(a) }".
func (c *Collector) returnedTargets(fn *types.Func, t types.Type, x ast.Expr) {
	key := keys.Result(fn)
	c.bindFunc(key, t, x)
	lit, ok := ast.Unparen(x).(*ast.CompositeLit)
	if !ok {
		return
	}
	slice, ok := syntax.Under[*types.Slice](t)
	if !ok {
		return
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
		}
		c.bindFunc(key, slice.Elem(), elt)
		if types.IsInterface(slice.Elem()) {
			c.bindMethods(key, elt)
		}
	}
}

// bindMethods binds the exported methods of a struct that is in a list of things
// to register.
func (c *Collector) bindMethods(key string, x ast.Expr) {
	t := c.Info.TypeOf(x)
	if t == nil || types.IsInterface(t) || syntax.IsFuncType(t) {
		return
	}
	if _, isPtr := t.Underlying().(*types.Pointer); !isPtr {
		t = types.NewPointer(t)
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if fn, ok := set.At(i).Obj().(*types.Func); ok && fn.Exported() {
			c.Bound = append(c.Bound, Func{Key: key, Fn: fn.Origin(), Pos: x.Pos()})
		}
	}
}
