package bindings

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// maxSources bounds how far values are followed through variables and calls.
const maxSources = 6

// sources returns what an expression of an interface type may be.
func (c *Collector) sources(x ast.Expr, depth int) ([]Source, bool) {
	x = ast.Unparen(x)
	tv := c.Info.Types[x]
	if id, isIdent := x.(*ast.Ident); isIdent && tv.Type == nil {
		if obj := c.Info.ObjectOf(id); obj != nil {
			tv.Type = obj.Type()
		}
	}
	switch {
	case tv.IsNil():
		return nil, true
	case tv.Type == nil || depth > maxSources:
		return nil, false
	case !types.IsInterface(tv.Type):
		return []Source{{Type: tv.Type}}, true
	}
	if _, isParam := types.Unalias(tv.Type).(*types.TypeParam); isParam {
		return nil, false
	}
	switch x := x.(type) {
	case *ast.Ident:
		if v := c.placeOf(x); v != nil {
			return c.variable(v, depth)
		}
	case *ast.SelectorExpr:
		if s := c.Info.Selections[x]; s != nil && s.Kind() == types.FieldVal {
			return c.field(s.Obj().(*types.Var).Origin(), keys.Field(s))
		}
	case *ast.CallExpr:
		return c.called(x, 0, depth)
	case *ast.TypeAssertExpr:
		return c.asserted(x, depth+1)
	}
	return nil, false
}

// called returns what a result of a call may be.
func (c *Collector) called(call *ast.CallExpr, index, depth int) ([]Source, bool) {
	if c.Info.Types[call.Fun].IsType() && len(call.Args) == 1 {
		return c.sources(call.Args[0], depth+1)
	}
	fn := syntax.Callee(c.Info, call)
	if fn == nil || fn.Signature().TypeParams().Len() > 0 {
		return nil, false
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		return c.same(call, fn, index, depth)
	}
	return c.results(fn, index, depth)
}

// results returns what a result of a function may be.
func (c *Collector) results(fn *types.Func, index, depth int) ([]Source, bool) {
	switch {
	case fn.Pkg() == c.Pkg:
		return c.returned(fn, index, depth+1)
	case index > 0:
		return nil, false
	}
	return c.ImportedResults(fn)
}

// same returns what an interface's method returns whose result is of the same interface, as of
// WithTx(tx) Store: what it is called on, unless that is known to return something else.
func (c *Collector) same(call *ast.CallExpr, fn *types.Func, index, depth int) ([]Source, bool) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || index > 0 || !types.Identical(fn.Signature().Results().At(0).Type(), c.Info.TypeOf(sel.X)) {
		return nil, false
	}
	on, ok := c.sources(sel.X, depth+1)
	if !ok {
		return nil, false
	}
	var all []Source
	for _, s := range on {
		list := []Source{s}
		if s.Type != nil {
			obj, _, _ := types.LookupFieldOrMethod(s.Type, true, fn.Pkg(), fn.Name())
			if method, ok := obj.(*types.Func); ok {
				if known, ok := c.results(method.Origin(), 0, depth+1); ok {
					list = known
				}
			}
		}
		all = union(all, list)
	}
	return all, true
}

// returned returns what a result of a function of this package may be.
func (c *Collector) returned(fn *types.Func, index, depth int) ([]Source, bool) {
	returns := c.flows.returns[fn]
	if len(returns) == 0 || depth > maxSources {
		return nil, false
	}
	var all []Source
	for _, results := range returns {
		var list []Source
		ok := false
		switch {
		case index < len(results) && len(results) == fn.Signature().Results().Len():
			list, ok = c.sources(results[index], depth)
		case len(results) == 1:
			if call, isCall := ast.Unparen(results[0]).(*ast.CallExpr); isCall {
				list, ok = c.called(call, index, depth)
			}
		}
		if !ok {
			return nil, false
		}
		all = union(all, list)
	}
	return all, true
}

// variable returns what a local variable or a parameter may be.
func (c *Collector) variable(v *types.Var, depth int) ([]Source, bool) {
	if c.flows.escaped[v] {
		return nil, false
	}
	var all []Source
	if fn, i, ok := c.ParamOf(v); ok {
		if all, ok = c.param(fn, i, depth); !ok {
			return nil, false
		}
	} else if len(c.flows.values[v]) == 0 {
		return nil, false // a closure's parameter, or a result with a name
	}
	for _, a := range c.flows.values[v] {
		list, ok := c.value(a, depth)
		if !ok {
			return nil, false
		}
		all = union(all, list)
	}
	return all, true
}

func (c *Collector) value(a assigned, depth int) ([]Source, bool) {
	switch x := ast.Unparen(a.x).(type) {
	case nil:
		return nil, true
	case *ast.CallExpr:
		tuple, ok := c.Info.TypeOf(x).(*types.Tuple)
		if !ok {
			break
		}
		if t := tuple.At(a.index).Type(); !types.IsInterface(t) {
			return []Source{{Type: t}}, true
		}
		return c.called(x, a.index, depth+1)
	case *ast.TypeAssertExpr: // v, ok := x.(T)
		return c.asserted(x, depth+1)
	}
	if a.index > 0 {
		return nil, false
	}
	if _, ok := c.Info.TypeOf(a.x).(*types.Tuple); ok {
		return nil, false // an element of a map, or what a channel brings
	}
	return c.sources(a.x, depth+1)
}

// asserted returns what an assertion may hold: of another interface, what the value is, as
// far as it has the methods.
func (c *Collector) asserted(x *ast.TypeAssertExpr, depth int) ([]Source, bool) {
	if x.Type == nil {
		return nil, false
	}
	if t := c.Info.TypeOf(x.Type); !types.IsInterface(t) {
		return []Source{{Type: t}}, true
	}
	return c.sources(x.X, depth)
}

// param returns what a parameter of an unexported function may be: its calls are all here.
func (c *Collector) param(fn *types.Func, i, depth int) ([]Source, bool) {
	if fn.Exported() || fn.Signature().Recv() != nil || c.flows.asValue[fn] {
		return nil, false
	}
	return c.arguments(fn, i, depth)
}

// arguments returns what the calls of this package give a parameter.
func (c *Collector) arguments(fn *types.Func, i, depth int) ([]Source, bool) {
	if fn.Signature().Variadic() && i == fn.Signature().Params().Len()-1 {
		return nil, false
	}
	var all []Source
	for _, call := range c.flows.calls[fn] {
		list, ok := c.argument(call, i, depth+1)
		if !ok {
			return nil, false
		}
		all = union(all, list)
	}
	return all, true
}

// argument returns what an argument may be; f(g()) has what g returns.
func (c *Collector) argument(call *ast.CallExpr, i, depth int) ([]Source, bool) {
	if len(call.Args) == 1 {
		if _, ok := c.Info.TypeOf(call.Args[0]).(*types.Tuple); ok {
			return c.value(assigned{x: call.Args[0], index: i}, depth)
		}
	}
	if i >= len(call.Args) {
		return nil, false
	}
	return c.sources(call.Args[i], depth)
}

// field returns the place that a field is, if all is known that is assigned to it, here or where
// a chain closes.
func (c *Collector) field(v *types.Var, key string) ([]Source, bool) {
	if isShared(v, key) && !c.flows.escaped[v] {
		c.fields[key] = v
		return []Source{{Key: key}}, true
	}
	if key == "" || v.Pkg() != c.Pkg || !c.knownField(v, key) {
		return nil, false
	}
	return []Source{{Key: key}}, true
}

const (
	visiting = iota + 1
	isKnown
	isUnknown
)

// knownField reports whether all is known that is assigned to a field. A field that flows
// into itself adds nothing.
func (c *Collector) knownField(v *types.Var, key string) bool {
	switch c.flows.known[v] {
	case visiting, isKnown:
		return true
	case isUnknown:
		return false
	}
	c.flows.known[v] = visiting
	before := len(c.flows.settled)
	ok := types.IsInterface(v.Type()) && !c.flows.escaped[v] && (!v.Exported() || !ast.IsExported(keys.OwnerOf(key))) && len(c.flows.values[v]) > 0
	for _, a := range c.flows.values[v] {
		ok = ok && c.into(a)
	}
	if ok {
		c.flows.known[v] = isKnown
		c.flows.settled = append(c.flows.settled, v)
		c.fields[key] = v
		return true
	}
	c.flows.known[v] = isUnknown
	for _, other := range c.flows.settled[before:] {
		delete(c.flows.known, other) // it may have been known only if this one is
	}
	c.flows.settled = c.flows.settled[:before]
	return false
}

func union(all, more []Source) []Source {
	for _, s := range more {
		if !slices.ContainsFunc(all, func(have Source) bool {
			return have.Key == s.Key && (have.Type == s.Type || have.Type != nil && s.Type != nil && types.Identical(have.Type, s.Type))
		}) {
			all = append(all, s)
		}
	}
	return all
}

// Results returns the keys of the types that the first result of a function of this package
// has, if it is an interface and all of them are known; nil otherwise.
func (c *Collector) Results(fn *types.Func) []string {
	results := fn.Signature().Results()
	if c.Testing || results.Len() == 0 || !types.IsInterface(results.At(0).Type()) || keys.Interface(results.At(0).Type()) == "" {
		return nil
	}
	list, ok := c.returned(fn, 0, 0)
	if !ok {
		return nil
	}
	var all []string
	for _, s := range list {
		if s.Type == nil || keys.Type(s.Type) == "" {
			return nil
		}
		all = append(all, keys.Type(s.Type))
	}
	slices.Sort(all)
	return all
}
