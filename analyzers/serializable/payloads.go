package serializable

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// sends names the functions of the SDK whose parameters of type any are payloads,
// but for those behind the first, which package sdk knows as targets.
var sends = map[string]string{
	"SignalWorkflow":          "the signal",
	"SignalExternalWorkflow":  "the signal",
	"SignalChildWorkflow":     "the signal",
	"SignalWithStartWorkflow": "the signal",
	"QueryWorkflow":           "the query",
}

// payloads judges what is sent and received otherwise than as an argument.
func (r *rule) payloads(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		fn := syntax.Callee(r.pass.TypesInfo, n)
		if fn == nil || !sdk.IsSDKs(fn) {
			return
		}
		switch name := fn.Name(); {
		case sends[name] != "":
			r.sent(n, fn, sends[name])
		case name == "UpsertMemo" && len(n.Args) == 2:
			r.values(n.Args[1], "the memo")
		case name == "UpsertSearchAttributes" && len(n.Args) == 2:
			r.values(n.Args[1], "the search attribute")
		case name == "AddReceive":
			if v := roles.Callback(r.pass.TypesInfo, n); v != nil {
				r.channels[v] = n.Args[0]
			}
		case name == "Receive" || name == "ReceiveAsync" || name == "ReceiveWithTimeout" || name == "ReceiveAsyncWithMoreFlag":
			r.received(n)
		}
	case *ast.CompositeLit:
		r.options(n)
	}
}

// sent judges the parameters of type any of a call that sends.
func (r *rule) sent(call *ast.CallExpr, fn *types.Func, what string) {
	sig := fn.Signature()
	for i, arg := range call.Args {
		variadic := sig.Variadic() && i >= sig.Params().Len()-1
		if variadic && call.Ellipsis.IsValid() {
			return
		}
		t := sig.Params().At(min(i, sig.Params().Len()-1)).Type()
		if s, ok := t.(*types.Slice); ok && variadic {
			t = s.Elem()
		}
		if iface, ok := t.Underlying().(*types.Interface); ok && iface.Empty() {
			r.payload(arg, what)
			if !variadic {
				return // the target and its arguments follow
			}
		}
	}
}

// values judges the values of a literal map.
func (r *rule) values(x ast.Expr, what string) {
	lit, ok := ast.Unparen(x).(*ast.CompositeLit)
	if !ok {
		return
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			r.payload(kv.Value, what+" "+types.ExprString(kv.Key))
		}
	}
}

// options judges the payloads in options of the SDK.
func (r *rule) options(lit *ast.CompositeLit) {
	t := r.pass.TypesInfo.TypeOf(lit)
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !sdk.InSDK(named.Obj().Pkg()) {
		return
	}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, ok := kv.Key.(*ast.Ident)
		if !ok {
			continue
		}
		switch key.Name {
		case "Memo":
			r.values(kv.Value, "the memo")
		case "SearchAttributes":
			r.values(kv.Value, "the search attribute")
		case "Args":
			if args, ok := ast.Unparen(kv.Value).(*ast.CompositeLit); ok && !sdk.IsScheduleAction(t) {
				for _, arg := range args.Elts {
					r.payload(arg, "the argument")
				}
			}
		}
	}
}

// received judges what a signal's channel is received into. Other channels are in
// memory.
func (r *rule) received(call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 || roles.SignalChannel(r.pass.TypesInfo, sel.X, r.only, r.channels) == nil {
		return
	}
	dest := call.Args[len(call.Args)-1]
	ptr, ok := syntax.Under[*types.Pointer](r.pass.TypesInfo.TypeOf(dest))
	if !ok {
		return
	}
	r.judge(ptr.Elem(), dest.Pos(), dest.End(), "the signal", "")
}

// only is the one value of a variable, or nil.
func (r *rule) only(v *types.Var) ast.Expr {
	if values := r.result.Values(v); len(values) == 1 {
		return values[0]
	}
	return nil
}
