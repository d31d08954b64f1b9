package names

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
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
	fn, iface := forwards.Method(f.p.Info, call)
	if fn == nil || len(f.ForwardsOf(fn)) > 0 {
		return
	}
	sig := fn.Signature()
	if sig.Params().Len() == 0 {
		return
	}
	for i, arg := range call.Args {
		i = min(i, sig.Params().Len()-1)
		if t := sig.Params().At(i).Type(); !types.IsInterface(t) && !syntax.IsFuncType(t) && !(sig.Variadic() && i == sig.Params().Len()-1) {
			continue
		}
		h := f.Handed(arg)
		key := keys.Argument(iface, fn.Name(), i)
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
		if len(h.Targets) == 1 && len(h.Params) == 0 {
			f.handCall(call, i, h.Targets[0].Fn)
			f.handName(call, fn, i, h.Targets[0].Fn)
		}
	}
}

// handName notes the name that a method of an interface is given with an activity or a workflow,
// and with nothing to run it on: registry.Register("charge", a.Charge). It is registered under
// that, if at all.
func (f *Names) handName(call *ast.CallExpr, method *types.Func, param int, fn *types.Func) {
	if i, ok := method.Signature().Params().At(param).Type().Underlying().(*types.Interface); !ok || !i.Empty() {
		return
	}
	if name := strings.ToLower(method.Name()); !strings.Contains(name, "regist") && !strings.HasPrefix(name, "add") {
		return
	}
	if fn == nil || !roles.FitActivity(fn.Signature()) && !sdk.IsWorkflowCode(fn.Signature()) {
		return
	}
	var names []string
	for _, arg := range call.Args {
		if name, ok := f.Constant(arg); ok {
			names = append(names, name)
		}
		if t := f.p.Info.TypeOf(arg); t == nil || sdk.IsWorkflowContext(t) || syntax.IsContext(t) {
			return
		}
	}
	if len(names) == 1 && names[0] != "" {
		f.Names = append(f.Names, roles.Name{Name: names[0], Workflow: sdk.IsWorkflowCode(fn.Signature()), Fn: fn, Node: call})
	}
}

// handCall notes what a method of an interface is given beside an activity or a workflow: the
// arguments of its execution, if that is what the method does.
func (f *Names) handCall(call *ast.CallExpr, param int, fn *types.Func) {
	if fn == nil || call.Ellipsis.IsValid() || !roles.FitActivity(fn.Signature()) && !sdk.IsWorkflowCode(fn.Signature()) || f.p.Ignores("positionalargs", call.Pos()) {
		return
	}
	r := f.describe(&roles.Name{Name: fn.Name(), Fn: fn})
	if !r.Variadic {
		f.forwards.Hand(call, call.Pos(), domain.Name, param, []string{r.Name, r.Sig}, r.Params, f.shapes(call.Args))
	}
}

// shapes are the shapes of arguments, "?" for what fits any parameter.
func (f *Names) shapes(args []ast.Expr) []string {
	var all []string
	for _, arg := range args {
		shape := "?"
		if arg != nil && !f.p.Info.Types[arg].IsNil() {
			shape = wire.Shape(f.p.Info.TypeOf(arg))
		}
		all = append(all, shape)
	}
	return all
}

// forward notes the methods that execute a parameter, for calls through interfaces. What is a
// local activity is called with the values as they are, which shapes do not tell.
func (f *Names) forward(fn *types.Func, fw roles.Forward) {
	if (fw.Kind == sdk.ExecuteActivity || fw.Kind == sdk.ExecuteWorkflow) && fw.Check != roles.UnknownArgs && len(fw.Args) > 0 {
		f.forwards.Add(fn, forwards.Forward{What: domain.Name, Param: fw.Param, Args: fw.Args, Spread: fw.Spread})
	}
}

// meetHanded judges the calls of interfaces' methods whose implementation is known here.
func (f *Names) meetHanded() {
	for _, m := range f.forwards.Meetings(domain.Name) {
		name, params, given := m.Data[0], m.Data[1], m.Data[2]
		met := Meeting{
			Call:       NamedCall{Name: name[0], At: m.At},
			Registered: Registered{Name: name[0], Sig: name[1], Params: params}, Pos: m.Pos, End: m.End, Here: m.Call != nil,
		}
		for i, at := range m.Forward.Args {
			switch last := i == len(m.Forward.Args)-1 && m.Forward.Spread; {
			case at < 0:
				met.Call.Args = append(met.Call.Args, "?")
			case last && at < len(given):
				met.Call.Args = append(met.Call.Args, given[at:]...)
			case !last && at < len(given):
				met.Call.Args = append(met.Call.Args, given[at])
			}
		}
		f.result.Meetings = append(f.result.Meetings, met)
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
