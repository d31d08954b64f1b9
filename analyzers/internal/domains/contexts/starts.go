package contexts

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Origin is the variable that a workflow's context is, or is made of in place, or nil.
func Origin(info *types.Info, x ast.Expr) *types.Var {
	for {
		if v := syntax.Var(info, x); v != nil {
			return v
		}
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok || !onContext(info, call) {
			return nil
		}
		x = call.Args[0]
	}
}

// Disconnects reports whether a body makes a context that cancellation does not reach.
func Disconnects(info *types.Info, body ast.Node) bool {
	found := false
	ast.Inspect(body, func(x ast.Node) bool {
		if call, ok := x.(*ast.CallExpr); ok {
			fn := syntax.Callee(info, call)
			found = found || fn != nil && fn.Name() == "NewDisconnectedContext"
		}
		return !found
	})
	return found
}

// onContext reports whether the first argument of a call is a workflow's context.
func onContext(info *types.Info, call *ast.CallExpr) bool {
	if len(call.Args) == 0 {
		return false
	}
	t := info.TypeOf(call.Args[0])
	return t != nil && sdk.IsWorkflowContext(t)
}

// Starts is the function of the SDK with which a call starts an activity or a child workflow on
// its first argument, or [Step], and whether it does so in a function of the program. Calls are of
// the package that r is of.
func (r *Result) Starts(info *types.Info, call *ast.CallExpr) (invoke string, helper bool) {
	if !onContext(info, call) {
		return "", false
	}
	if runsStep(info, call) {
		return Step, false
	}
	fn := syntax.Callee(info, call)
	if fn == nil {
		return "", false
	}
	if sdk.Invokes(fn) {
		return fn.Name(), false
	}
	return r.starts[fn.Origin()], true
}

// Step stands for workflow code that is not known and may fail: a compensation in a list, a step
// behind an interface.
const Step = "step"

// runsStep reports whether a call runs such code.
func runsStep(info *types.Info, call *ast.CallExpr) bool {
	sig, ok := syntax.Under[*types.Signature](info.TypeOf(call.Fun))
	if !ok || !sdk.IsWorkflowCode(sig) || sig.Results().Len() == 0 || !syntax.IsErrorType(sig.Results().At(sig.Results().Len()-1).Type()) {
		return false
	}
	fn := syntax.Callee(info, call)
	if fn == nil {
		return true
	}
	return !sdk.InSDK(fn.Pkg()) && fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type())
}

// Waited is the workflow's context that a call of the SDK waits on, or nil.
func Waited(info *types.Info, call *ast.CallExpr) ast.Expr {
	fn := syntax.Callee(info, call)
	if fn == nil || !sdk.InSDK(fn.Pkg()) || !onContext(info, call) {
		return nil
	}
	if name := fn.Name(); name == "Sleep" || strings.HasPrefix(name, "Await") || sdk.Waits(fn) || name == "Send" && fn.Signature().Recv() != nil {
		return call.Args[0]
	}
	return nil
}

// WaitsOn reports whether a function of the program waits on the context that it is given first,
// and Keeps whether the context that a function returns is cancelled with that one. Both are for
// functions that the package calls.
func (r *Result) WaitsOn(fn *types.Func) bool { return r.waits[fn.Origin()] }

// Keeps is described at WaitsOn.
func (r *Result) Keeps(fn *types.Func) bool {
	if sdk.InSDK(fn.Pkg()) {
		return fn.Name() != "NewDisconnectedContext"
	}
	return r.keeps[fn.Origin()]
}

// waitsOn and keepsIt find out what Result.WaitsOn and Result.Keeps say.
func (r *reader) waitsOn(fn *types.Func) bool {
	return ask(r, r.result.waits, fn, func(n *callgraph.Node) bool {
		own, found := n.Sig.Params().At(0), false
		ast.Inspect(n.Body, func(x ast.Node) bool {
			switch x := x.(type) {
			case *ast.FuncLit:
				return false
			case *ast.CallExpr:
				ctx := Waited(r.Info, x)
				if callee := syntax.Callee(r.Info, x); ctx == nil && callee != nil && onContext(r.Info, x) && r.waitsOn(callee) {
					ctx = x.Args[0]
				}
				found = found || ctx != nil && Origin(r.Info, ctx) == own
			}
			return !found
		})
		return found
	}, func(s *summary) bool { return s.Waits })
}

func (r *reader) keepsIt(fn *types.Func) bool {
	if !returnsContext(fn) {
		return false
	}
	if sdk.InSDK(fn.Pkg()) {
		return r.result.Keeps(fn)
	}
	return ask(r, r.result.keeps, fn, func(n *callgraph.Node) bool {
		keeps := true
		ast.Inspect(n.Body, func(x ast.Node) bool {
			if call, ok := x.(*ast.CallExpr); ok && keeps {
				if callee := syntax.Callee(r.Info, call); callee != nil {
					keeps = !returnsContext(callee) || r.keepsIt(callee)
				} else if t := r.Info.TypeOf(call); t != nil {
					keeps = !sdk.IsWorkflowContext(t)
				}
			}
			return keeps
		})
		return keeps
	}, func(s *summary) bool { return s.Keeps })
}

// ask answers a question about a function that takes a context: by its body, or by the summary of
// one of another package. A function that calls itself does what the rest of it does.
func ask[T any](r *reader, known map[*types.Func]T, fn *types.Func, body func(*callgraph.Node) T, elsewhere func(*summary) T) T {
	fn = fn.Origin()
	if have, ok := known[fn]; ok || !sdk.IsWorkflowCode(fn.Signature()) || sdk.InSDK(fn.Pkg()) {
		return have
	}
	var nothing T
	known[fn] = nothing
	if n := r.NodeOf(fn); n != nil {
		known[fn] = body(n)
	} else {
		known[fn] = elsewhere(r.of(fn))
	}
	return known[fn]
}

func returnsContext(fn *types.Func) bool {
	results := fn.Signature().Results()
	return results.Len() > 0 && sdk.IsWorkflowContext(results.At(0).Type())
}

// invokes is the function of the SDK with which a function starts something on its first
// parameter: the first that it calls, [Step], or "".
func (r *reader) invokes(fn *types.Func) string {
	return ask(r, r.result.starts, fn, r.invokesIn, func(s *summary) string { return s.Starts })
}

func (r *reader) invokesIn(n *callgraph.Node) string {
	if Disconnects(r.Info, n.Body) {
		return ""
	}
	own := n.Sig.Params().At(0)
	found := ""
	ast.Inspect(n.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if found != "" || !onContext(r.Info, x) || Origin(r.Info, x.Args[0]) != own {
				return found == ""
			}
			if runsStep(r.Info, x) {
				found = Step
			} else if fn := syntax.Callee(r.Info, x); fn != nil && sdk.Invokes(fn) {
				found = fn.Name()
			} else if fn != nil {
				found = r.invokes(fn)
			}
		}
		return found == ""
	})
	return found
}
