package roles

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Handed says which functions an argument may hold whose use is not known: targets, and
// parameters of the function around it.
type Handed struct {
	Targets []Target
	Params  []Param
}

// A Param is a parameter of a declared function.
type Param struct {
	Fn    *types.Func
	Index int
}

// Handed resolves an argument of a call that may register or execute it, elsewhere.
func (f *Finder) Handed(x ast.Expr) Handed {
	var h Handed
	if t := f.Info.TypeOf(x); t != nil && f.holdsFunc(t) {
		uses := f.Uses
		f.handed = &h
		f.targets(sdk.None, x, x, 0)
		f.handed = nil
		for _, u := range f.Uses[len(uses):] {
			h.Targets = append(h.Targets, u.Target)
		}
		f.Uses = uses
	}
	return h
}

// targets resolves an expression in target position.
func (f *Finder) targets(kind sdk.Kind, node ast.Node, x ast.Expr, depth int) {
	add := func(t Target) { f.Uses = append(f.Uses, Use{kind, node, t}) }
	if depth > 8 || x == nil {
		return
	}
	if f.isList(x) {
		f.elements(kind, node, x, depth+1)
		return
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.FuncLit:
		if kind != sdk.None {
			f.Closures[x] = true
			f.Handled[x] = kind == sdk.Handle
		}
		add(Target{Lit: x})
		return
	case *ast.IndexExpr: // an instance of a generic function, or an element
		if f.isFunc(x.X) {
			f.targets(kind, node, x.X, depth+1)
			return
		}
		f.elements(kind, node, x.X, depth+1)
		return
	case *ast.IndexListExpr:
		f.targets(kind, node, x.X, depth+1)
		return
	case *ast.Ident, *ast.SelectorExpr:
		if f.named(kind, node, x, add, depth) {
			return
		}
	case *ast.CallExpr:
		if tv := f.Info.Types[x.Fun]; tv.IsType() && len(x.Args) == 1 {
			f.targets(kind, node, x.Args[0], depth+1)
			return
		}
		if f.made(kind, node, x, add, depth) {
			return
		}
	}
	if kind == sdk.RegisterActivity {
		f.methods(f.Info.TypeOf(x), add)
	}
}

// made resolves a function that a call returns, and those of the same type that the call is given:
// what decorates a function runs it. It reports false if the result's type decides.
func (f *Finder) made(kind sdk.Kind, node ast.Node, call *ast.CallExpr, add func(Target), depth int) bool {
	t := f.Info.TypeOf(call)
	if !f.holdsFunc(t) {
		return false
	}
	fn := syntax.Callee(f.Info, call)
	if fn != nil {
		add(Target{Key: keys.Result(fn)})
	}
	for _, arg := range call.Args {
		if syntax.IsFuncType(t) && types.Identical(t.Underlying(), f.Info.TypeOf(arg).Underlying()) {
			f.targets(kind, node, arg, depth+1)
		}
	}
	return fn != nil
}

// named resolves a function, a variable or a field. It reports false if its type decides.
func (f *Finder) named(kind sdk.Kind, node ast.Node, x ast.Expr, add func(Target), depth int) bool {
	id := syntax.Ident(x)
	var field *types.Selection
	if sel, ok := x.(*ast.SelectorExpr); ok {
		id, field = sel.Sel, f.Info.Selections[sel]
	}
	switch obj := f.Info.Uses[id].(type) {
	case *types.Func:
		f.consume(kind, id)
		add(Target{Fn: obj.Origin()})
		return true
	case *types.Var:
		if !f.holdsFunc(obj.Type()) {
			return false
		}
		f.consume(kind, id)
		if field == nil {
			f.held(kind, node, obj, add, depth)
			return true
		}
		f.registered[obj.Origin()] = f.registered[obj.Origin()] || kind.Register()
		if key := keys.Field(field); key != "" {
			add(Target{Key: key})
			return true
		}
	}
	return false
}

func (f *Finder) consume(kind sdk.Kind, id *ast.Ident) {
	if kind != sdk.None {
		f.Consumed[id] = true
		f.Handled[id] = kind == sdk.Handle
	}
}

// held resolves a variable that may hold a function.
func (f *Finder) held(kind sdk.Kind, node ast.Node, v *types.Var, add func(Target), depth int) {
	if p, ok := f.params[v]; ok {
		f.forward(kind, p)
		return
	}
	if over := f.Ranged(v); over != nil {
		f.elements(kind, node, over, depth+1)
		return
	}
	if v.Pkg() != f.Pkg {
		add(Target{Key: keys.Var(v)})
		return
	}
	for _, value := range f.Values(v) {
		f.targets(kind, node, value, depth+1)
	}
}

// elements resolves every element of a slice, an array or a map.
func (f *Finder) elements(kind sdk.Kind, node ast.Node, x ast.Expr, depth int) {
	if depth > 8 {
		return
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		for _, elt := range x.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			f.targets(kind, node, elt, depth+1)
		}
	case *ast.Ident:
		if v := syntax.Var(f.Info, x); v != nil {
			f.elementsOf(kind, node, v, depth)
		}
	case *ast.CallExpr:
		if fn := syntax.Callee(f.Info, x); fn != nil {
			f.Uses = append(f.Uses, Use{kind, node, Target{Key: keys.Result(fn)}})
		} else if syntax.Append(f.Info, x) != nil { // append(list, a.X, a.Y), append(list, others...)
			for _, arg := range x.Args[1:] {
				f.targets(kind, node, arg, depth+1)
			}
		}
	case *ast.SelectorExpr:
		if s := f.Info.Selections[x]; s != nil && s.Kind() == types.FieldVal {
			if key := keys.Field(s); key != "" {
				f.Uses = append(f.Uses, Use{kind, node, Target{Key: key}})
			}
		} else if v := syntax.Var(f.Info, x.Sel); v != nil {
			f.elementsOf(kind, node, v, depth)
		}
	}
}

// elementsOf resolves every element of what a variable holds.
func (f *Finder) elementsOf(kind sdk.Kind, node ast.Node, v *types.Var, depth int) {
	if p, ok := f.params[v]; ok {
		f.forward(kind, p)
		return
	}
	if v.Pkg() != f.Pkg {
		f.Uses = append(f.Uses, Use{kind, node, Target{Key: keys.Var(v)}})
		return
	}
	for _, value := range f.Values(v) {
		f.elements(kind, node, value, depth+1)
	}
	for _, value := range f.Elements(v) {
		f.targets(kind, node, value, depth+1)
	}
}

// isList reports whether an expression is a list or a map of what may be functions.
func (f *Finder) isList(x ast.Expr) bool {
	t := f.Info.TypeOf(x)
	if t == nil || !f.holdsFunc(t) {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		return true
	}
	return false
}

func (f *Finder) isFunc(x ast.Expr) bool {
	t := f.Info.TypeOf(x)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// holdsFunc reports whether a value of type t may be a function: func, any, or a
// slice or map of them.
func (f *Finder) holdsFunc(t types.Type) bool {
	for range 4 { // type L []L has no end
		if t == nil {
			return false
		}
		switch u := t.Underlying().(type) {
		case *types.Signature:
			return true
		case *types.Interface:
			if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
				return true
			}
			return u.Empty()
		case *types.Slice:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		default:
			return false
		}
	}
	return false
}

// methods adds the exported methods of a registered struct, or of an interface
// that stands for it.
func (f *Finder) methods(t types.Type, add func(Target)) {
	if t == nil {
		return
	}
	if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
		return
	}
	if !types.IsInterface(t) {
		if _, isPtr := t.Underlying().(*types.Pointer); !isPtr {
			t = types.NewPointer(t)
		}
	}
	set := types.NewMethodSet(t)
	for i := range set.Len() {
		if fn, ok := set.At(i).Obj().(*types.Func); ok && fn.Exported() {
			add(Target{Fn: fn.Origin(), Struct: true})
		}
	}
}
