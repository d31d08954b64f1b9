package messages

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A wrapper is a function that sends or reads a message whose name it is given: send(ctx, id, name,
// payload), receive[T](ctx, name). Its fields travel.
type wrapper struct {
	Kind string
	Read bool
	Name int // the parameter that is the name
	// Data is the parameter that is sent, or a pointer to what is read, counted from 1. TypeParam is
	// the type parameter that is read, counted from 1. One of them is 0.
	Data, TypeParam int
}

// A summary is what callers need to know of a function.
type summary struct{ Wrappers []wrapper }

func (r *reader) function(n *callgraph.Node) any {
	if list := r.wrappers[n.Fn]; len(list) > 0 {
		return &summary{list}
	}
	return nil
}

func (r *reader) wrappersOf(fn *types.Func) []wrapper {
	if fn.Pkg() == r.Pass.Pkg {
		return r.wrappers[fn]
	}
	return callgraph.SummaryOf[summary](r.Package, domain, fn).Wrappers
}

// named notes a side of a message: with its name, or as a wrapper's if that is given. t is the type of
// data, which is a pointer to what is read, or is read itself if there is no such expression.
func (r *reader) named(kind string, name, data ast.Expr, t types.Type, read bool, at *ast.CallExpr) {
	text := r.constant(name)
	if read && data != nil && t != nil {
		ptr, ok := syntax.Under[*types.Pointer](t)
		switch {
		case ok:
			t = ptr.Elem()
		case text != "":
			return
		}
	}
	if text == "" {
		r.wrap(kind, name, data, t, read)
		return
	}
	if read {
		r.reads(kind, text, []types.Type{t}, nil, at.Pos())
	} else {
		r.sends(kind, text, []types.Type{t}, at.Pos())
	}
}

// wrap notes that a function is given the name of a message, and what it sends or the type that it
// reads.
func (r *reader) wrap(kind string, name, data ast.Expr, t types.Type, read bool) {
	v := syntax.Var(r.Info, name)
	if v == nil {
		return
	}
	fn, i, ok := r.ParamOf(v)
	if !ok {
		return
	}
	w := wrapper{Kind: kind, Read: read, Name: i}
	if v := syntax.Var(r.Info, data); v != nil {
		if of, j, ok := r.ParamOf(v); ok && of == fn {
			w.Data = j + 1
		}
	}
	if param, ok := types.Unalias(t).(*types.TypeParam); ok && w.Data == 0 {
		w.TypeParam = param.Index() + 1
	}
	if (w.Data > 0 || w.TypeParam > 0 && read) && !slices.Contains(r.wrappers[fn], w) {
		r.wrappers[fn] = append(r.wrappers[fn], w)
	}
}

// noteCall keeps a call of a function that may be a wrapper.
func (r *reader) noteCall(call *ast.CallExpr, fn *types.Func) {
	if fn.Pkg() == nil || keys.Foreign(keys.Path(fn.Pkg())) || len(call.Args) < 2 || call.Ellipsis.IsValid() {
		return
	}
	if fn.Pkg() != r.Pass.Pkg && len(r.wrappersOf(fn)) == 0 {
		return
	}
	params := fn.Signature().Params()
	for i := range params.Len() {
		if syntax.IsString(params.At(i).Type()) {
			r.calls = append(r.calls, call)
			return
		}
	}
}

// maxWrapped bounds how deep wrappers wrap each other.
const maxWrapped = 3

// findWrapped finds the messages that wrappers are given the names of.
func (r *reader) findWrapped() {
	done := make(map[*ast.CallExpr]int)
	for range maxWrapped {
		for _, call := range r.calls {
			list := r.wrappersOf(syntax.Callee(r.Info, call))
			for _, w := range list[done[call]:] {
				r.wrapped(call, w)
			}
			done[call] = len(list)
		}
	}
}

// wrapped notes what a call has a wrapper send or read.
func (r *reader) wrapped(call *ast.CallExpr, w wrapper) {
	if w.Name >= len(call.Args) || w.Data > len(call.Args) {
		return
	}
	var data ast.Expr
	var t types.Type
	if w.Data > 0 {
		data = call.Args[w.Data-1]
		t = r.typeOf(data)
	} else if args := r.Info.Instances[syntax.Called(call)].TypeArgs; w.TypeParam <= args.Len() {
		t = args.At(w.TypeParam - 1)
	}
	r.named(w.Kind, call.Args[w.Name], data, t, w.Read, call)
}
