package contexts

import (
	"go/ast"
	"go/types"

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
// its first argument, and whether it does so in a function of the program. Calls are of the
// package that r is of.
func (r *Result) Starts(info *types.Info, call *ast.CallExpr) (invoke string, helper bool) {
	fn := syntax.Callee(info, call)
	if fn == nil || !onContext(info, call) {
		return "", false
	}
	if sdk.Invokes(fn) {
		return fn.Name(), false
	}
	return r.starts[fn.Origin()], true
}

// invokes is the function of the SDK with which a function starts something on its first
// parameter: the first that it calls, or "".
func (r *reader) invokes(fn *types.Func) string {
	fn = fn.Origin()
	if have, ok := r.result.starts[fn]; ok {
		return have
	}
	r.result.starts[fn] = "" // a function that calls itself starts what the rest of it does
	switch n := r.NodeOf(fn); {
	case n != nil:
		r.result.starts[fn] = r.invokesIn(n)
	case !sdk.InSDK(fn.Pkg()):
		r.result.starts[fn] = r.of(fn).Starts
	}
	return r.result.starts[fn]
}

func (r *reader) invokesIn(n *callgraph.Node) string {
	if n.Sig.Params().Len() == 0 || Disconnects(r.Info, n.Body) {
		return ""
	}
	own := n.Sig.Params().At(0)
	found := ""
	ast.Inspect(n.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			fn := syntax.Callee(r.Info, x)
			if found != "" || fn == nil || !onContext(r.Info, x) || Origin(r.Info, x.Args[0]) != own {
				return found == ""
			}
			if found = r.invokes(fn); sdk.Invokes(fn) {
				found = fn.Name()
			}
		}
		return found == ""
	})
	return found
}
