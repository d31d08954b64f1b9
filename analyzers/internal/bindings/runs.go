package bindings

import (
	"go/ast"
	"go/types"
	"iter"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
)

// Receivers are the types that this package puts where an interface's method is called. All bodies
// have been read.
func (c *Collector) Receivers(sel *ast.SelectorExpr) []types.Type {
	sources, ok := c.Receiver(sel)
	if !ok {
		sources = []Source{{Key: keys.Interface(c.Info.TypeOf(sel.X))}}
	}
	var all []types.Type
	for _, s := range sources {
		if s.Type != nil {
			all = append(all, s.Type)
		} else {
			all = append(all, c.boundTo(s.Key)...)
		}
	}
	return all
}

// boundTo are the types that this package binds to a place or an interface.
func (c *Collector) boundTo(key string) []types.Type {
	if c.bound == nil {
		c.bound = make(map[string][]types.Type)
		for b := range c.Binds {
			if name, ok := strings.CutPrefix(b.To, "t:"); ok {
				if obj := keys.FindObject(c.Pkg, name); obj != nil {
					c.bound[b.From] = append(c.bound[b.From], obj.Type())
				}
			}
		}
	}
	return c.bound[key]
}

// Methods are those of the package's exported interfaces that are wanted, each with what it runs on the
// types that the package binds to the interface; where it binds none, on those of its types that
// implement it. All bodies have been read.
func (c *Collector) Methods(wanted func(*types.Func) bool) iter.Seq2[*types.Func, []*types.Func] {
	return func(yield func(*types.Func, []*types.Func) bool) {
		scope := c.Pkg.Scope()
		for _, name := range scope.Names() {
			t, ok := scope.Lookup(name).(*types.TypeName)
			if !ok || !t.Exported() {
				continue
			}
			iface, ok := t.Type().Underlying().(*types.Interface)
			if !ok {
				continue
			}
			methods := slices.DeleteFunc(slices.Collect(iface.ExplicitMethods()), func(m *types.Func) bool { return !wanted(m) })
			if len(methods) == 0 {
				continue
			}
			on := c.boundTo(keys.Interface(t.Type()))
			if len(on) == 0 {
				on = c.implementing(iface)
			}
			for _, m := range methods {
				if fns := MethodsOn(on, m); len(fns) > 0 && !yield(m, fns) {
					return
				}
			}
		}
	}
}

// implementing are the types of the package that have the methods of an interface.
func (c *Collector) implementing(iface *types.Interface) []types.Type {
	var all []types.Type
	if iface.Empty() {
		return nil
	}
	scope := c.Pkg.Scope()
	for _, name := range scope.Names() {
		if t, ok := scope.Lookup(name).(*types.TypeName); ok && !t.IsAlias() && !types.IsInterface(t.Type()) && types.Implements(types.NewPointer(t.Type()), iface) {
			all = append(all, t.Type())
		}
	}
	return all
}

// MethodsOn are the methods that an interface's method runs on some types; nil if one of them has none.
func MethodsOn(on []types.Type, m *types.Func) []*types.Func {
	var fns []*types.Func
	for _, t := range on {
		fn := MethodOn(t, m)
		if fn == nil {
			return nil
		}
		fns = append(fns, fn)
	}
	return fns
}

// MethodOn is the method that an interface's method runs on a type, or nil.
func MethodOn(t types.Type, m *types.Func) *types.Func {
	if t == nil {
		return nil
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, m.Pkg(), m.Name())
	fn, ok := obj.(*types.Func)
	if !ok {
		return nil
	}
	return fn.Origin()
}
