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
		if s.Iface == "" && s.Param < len(call.Args) {
			c.bindFunc(s.Key, c.Info.TypeOf(call.Args[s.Param]), call.Args[s.Param])
		}
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
				c.bindValue(s.Key, params.At(s.Param).Type(), call.Args[s.Param])
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

// bindFunc binds the function value x, if it is one, to a key.
func (c *Collector) bindFunc(key string, t types.Type, x ast.Expr) {
	if c.Testing || key == "" || t == nil || !syntax.IsFuncType(t) && !types.IsInterface(t) {
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
	case *ast.Ident:
		switch obj := c.Info.Uses[x].(type) {
		case *types.Func:
			b.Fn = obj.Origin()
		case *types.Var:
			c.bindVar(key, obj, x.Pos())
			return
		}
	case *ast.SelectorExpr:
		switch obj := c.Info.Uses[x.Sel].(type) {
		case *types.Func:
			if s := c.Info.Selections[x]; s != nil && types.IsInterface(syntax.Receiver(s)) {
				b.Iface, b.Method = keys.Interface(syntax.Receiver(s)), obj.Name()
				if b.Iface == "" {
					return
				}
			} else {
				b.Fn = obj.Origin()
			}
		case *types.Var:
			if s := c.Info.Selections[x]; s != nil && s.Kind() == types.FieldVal && syntax.IsFuncType(obj.Type()) {
				if from := keys.Field(s); from != "" && from != key {
					c.Binds[Bind{From: key, To: from}] = x.Pos()
				}
			} else if s == nil {
				c.bindVar(key, obj, x.Pos())
			}
			return
		}
	}
	if b.Fn != nil || b.Lit != nil || b.Iface != "" {
		c.Bound = append(c.Bound, b)
	}
}

// bindVar binds what a variable holds: a parameter makes its function a wrapper,
// a package variable links two keys.
func (c *Collector) bindVar(key string, v *types.Var, pos token.Pos) {
	if !syntax.IsFuncType(v.Type()) || v.Pkg() == nil {
		return
	}
	if v.Parent() == v.Pkg().Scope() {
		if from := keys.Var(v); from != key {
			c.Binds[Bind{From: key, To: from}] = pos
		}
		return
	}
	if fn, i, ok := c.ParamOf(v); ok {
		c.addStore(fn, Store{Param: i, Key: key})
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
