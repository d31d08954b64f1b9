package commands

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// What an interface holds is known where a workflow hands it on: by the type of the argument, of
// what a constructor returns, of what a field is set to. A program that runs on two engines behind
// one interface gives each of its workflows its own.

// held is the concrete type of what an expression holds, nil if that is not known.
func (b *builder) held(sc *scope, x ast.Expr) types.Type {
	x = ast.Unparen(x)
	t := sc.info.TypeOf(x)
	if t == nil || isNil(sc.info, x) {
		return nil
	}
	if _, isParam := types.Unalias(t).(*types.TypeParam); !isParam && !types.IsInterface(t) {
		return t
	}
	switch x := x.(type) {
	case *ast.Ident:
		return sc.holds[sc.info.Uses[x]]
	case *ast.SelectorExpr:
		if v, ok := sc.info.Uses[x.Sel].(*types.Var); ok && v.IsField() {
			return b.filled[v]
		}
	case *ast.CallExpr:
		if fn := syntax.Callee(sc.info, x); fn != nil {
			return b.p.returnedType(fn, 0)
		}
	}
	return nil
}

func isNil(info *types.Info, x ast.Expr) bool { return info.Types[x].IsNil() }

// returnedType is the one concrete type that a function of the program returns first, or nil.
func (p *Program) returnedType(fn *types.Func, depth int) types.Type {
	f := p.funcs[keys.Func(fn.Origin())]
	if f == nil || depth > maxReturns {
		return nil
	}
	var found types.Type
	known := true
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == 0 {
				known = false
				return true
			}
			x := ast.Unparen(n.Results[0])
			t := f.info.TypeOf(x)
			if isNil(f.info, x) {
				return true // with an error
			}
			if call, ok := x.(*ast.CallExpr); ok && t != nil && types.IsInterface(t) {
				if inner := syntax.Callee(f.info, call); inner != nil {
					t = p.returnedType(inner, depth+1)
				}
			}
			if t == nil || types.IsInterface(t) || found != nil && !types.Identical(found, t) {
				known = false
			}
			found = t
		}
		return known
	})
	if !known {
		return nil
	}
	return found
}

// maxReturns bounds the functions that return what another one does.
const maxReturns = 3

// hold notes what a variable that is an interface holds. One that is given values of two types may
// have either: branches are not told apart.
func (b *builder) hold(sc *scope, v *types.Var, value ast.Expr) {
	if types.IsInterface(v.Type()) {
		have, ok := sc.holds[v]
		sc.holds[v] = agreed(have, b.held(sc, value), ok)
	}
}

// agreed is the type of a new value, nil if there has been one of another.
func agreed(have, next types.Type, known bool) types.Type {
	if known && (next == nil || have == nil || !types.Identical(have, next)) {
		return nil
	}
	return next
}

// keep notes what a field holds.
func (b *builder) keep(sc *scope, v *types.Var, value ast.Expr) {
	if v == nil {
		return
	}
	b.fill(sc, v, value)
	if id, ok := b.versionOf(sc, value); ok {
		b.versions[v] = id
	}
	if c := b.cond(sc, value); c != nil {
		b.fields[v] = c
	}
}

// fill notes what a field that is an interface holds: nothing is known of one that holds values
// of two types.
func (b *builder) fill(sc *scope, v *types.Var, value ast.Expr) {
	if !types.IsInterface(v.Type()) {
		return
	}
	have, ok := b.filled[v]
	b.filled[v] = agreed(have, b.held(sc, value), ok)
}

// keeps reports whether a function is given what an interface of the program holds: a constructor
// may keep it in a field.
func (b *builder) keeps(sc *scope) bool {
	for v, t := range sc.holds {
		named, ok := types.Unalias(v.Type()).(*types.Named)
		if ok && t != nil && named.Obj().Pkg() != nil && b.p.packages[named.Obj().Pkg().Path()] {
			return true
		}
	}
	return false
}

// literal notes what the fields of a literal struct hold.
func (b *builder) literal(sc *scope, lit *ast.CompositeLit) {
	st, ok := syntax.StructOf(syntax.Deref(sc.info.TypeOf(lit)))
	if !ok {
		return
	}
	for i, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if key := syntax.Ident(kv.Key); key != nil {
				v, _ := sc.info.Uses[key].(*types.Var)
				b.keep(sc, v, kv.Value)
			}
		} else if i < st.NumFields() {
			b.keep(sc, st.Field(i), elt)
		}
	}
}

// callee is the function of the program that a call runs, nil if that is not known. Of an
// interface it is the method of what that holds, if it is known, else the one that can be meant.
func (b *builder) callee(sc *scope, call *ast.CallExpr) *function {
	fn := syntax.Callee(sc.info, call)
	if fn == nil {
		return nil
	}
	if f := b.p.funcs[keys.Func(fn.Origin())]; f != nil {
		return f
	}
	recv := fn.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return nil
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if t := b.held(sc, sel.X); t != nil {
			if m, ok := method(t, fn); ok {
				if f := b.p.funcs[keys.Func(m.Origin())]; f != nil {
					return f
				}
			}
		}
	}
	if found := b.p.implementing(fn); len(found) == 1 {
		return found[0]
	}
	return nil
}

// method is the method of a type that an interface's method stands for.
func method(t types.Type, fn *types.Func) (*types.Func, bool) {
	obj, _, _ := types.LookupFieldOrMethod(t, true, fn.Pkg(), fn.Name())
	m, ok := obj.(*types.Func)
	return m, ok && !types.IsInterface(m.Signature().Recv().Type())
}

// implementing are the functions of the program that a method of an interface may be.
func (p *Program) implementing(fn *types.Func) []*function {
	iface, ok := fn.Signature().Recv().Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var found []*function
	for _, key := range p.implements[fn.Name()] {
		f := p.funcs[key]
		recv := f.fn.Signature().Recv().Type()
		if types.Implements(recv, iface) || types.Implements(types.NewPointer(syntax.Deref(recv)), iface) {
			found = append(found, f)
		}
	}
	return found
}

// gives reports whether a function gives commands, or calls one that does: by name, if it is a
// method of an interface.
func (p *Program) gives(f *function) bool {
	if p.giving == nil {
		p.findGiving()
	}
	return p.giving[f.key]
}

func (p *Program) findGiving() {
	p.giving = make(map[string]bool)
	callers := make(map[string][]string) // by the key of a function, or "." and the name of a method
	var queue []string
	for key, f := range p.funcs {
		ast.Inspect(f.decl.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			fn := syntax.Callee(f.info, call)
			switch {
			case fn == nil:
			case sdk.InSDK(fn.Pkg()):
				if sdk.IsWorkflowCode(fn.Signature()) && !p.giving[key] {
					p.giving[key] = true
					queue = append(queue, key)
				}
			case fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()):
				callers["."+fn.Name()] = append(callers["."+fn.Name()], key)
			default:
				callee := keys.Func(fn.Origin())
				callers[callee] = append(callers[callee], key)
			}
			return true
		})
	}
	for len(queue) > 0 {
		key := queue[0]
		queue = queue[1:]
		reached := callers[key]
		if f := p.funcs[key]; f.fn.Signature().Recv() != nil {
			reached = append(reached, callers["."+f.fn.Name()]...)
		}
		for _, caller := range reached {
			if !p.giving[caller] {
				p.giving[caller] = true
				queue = append(queue, caller)
			}
		}
	}
}
