package names

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A program may register and execute behind interfaces of its own:
// service.RegisterActivity(queue, f). What the method is given is noted under the key of the
// argument; where an implementation is bound, it is known what that does with it.

// noteHanded binds the functions that a call of an interface's method is given.
func (f *Names) noteHanded(_ *callgraph.Node, x ast.Node, _ []ast.Node) {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	s := f.p.Info.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal {
		return
	}
	recv := syntax.Receiver(s)
	if !types.IsInterface(recv) || len(f.ForwardsOf(s.Obj().(*types.Func))) > 0 {
		return
	}
	iface := keys.Interface(recv)
	sig := s.Obj().Type().(*types.Signature)
	if iface == "" || sig.Params().Len() == 0 {
		return
	}
	for i, arg := range call.Args {
		i = min(i, sig.Params().Len()-1)
		if t := sig.Params().At(i).Type(); !types.IsInterface(t) && !syntax.IsFuncType(t) && !(sig.Variadic() && i == sig.Params().Len()-1) {
			continue
		}
		h := f.Handed(arg)
		key := keys.Argument(iface, s.Obj().Name(), i)
		for _, t := range h.Targets {
			switch {
			case t.Lit != nil:
				f.p.Flow().BindLit(key, t.Lit)
			case t.Key != "":
				f.p.Flow().BindPlace(key, t.Key, arg.Pos())
			case t.Fn != nil:
				f.p.Flow().BindFunc(key, t.Fn, arg.Pos())
			}
		}
		for _, param := range h.Params {
			f.p.Flow().BindParam(key, param.Fn, param.Index)
		}
	}
}

// starts says which parameters of a function it registers or executes.
func (f *Names) starts(fn *types.Func) []facts.Start {
	var all []facts.Start
	for _, fw := range f.ForwardsOf(fn) {
		if fw.Kind == sdk.Mock {
			continue
		}
		kind := facts.WorkflowRoot
		if fw.Kind.Activity() {
			kind = facts.ActivityRoot
		}
		all = append(all, facts.Start{Param: fw.Param, Kind: int(kind)})
	}
	return all
}
