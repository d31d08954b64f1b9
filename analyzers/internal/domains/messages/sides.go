package messages

import (
	"go/ast"
	"go/constant"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// sending says where functions of the SDK that send have the name, and the first argument.
var sending = map[string]struct {
	kind      string
	name, arg int
	all       bool // what follows are arguments, too
}{
	"SignalWorkflow":          {"signal", 3, 4, false},
	"SignalExternalWorkflow":  {"signal", 3, 4, false},
	"SignalChildWorkflow":     {"signal", 1, 2, false},
	"SignalWithStartWorkflow": {"signal", 2, 3, false},
	"QueryWorkflow":           {"query", 3, 4, true},
}

// visit collects the sides of a body.
func (r *reader) visit(n *callgraph.Node, x ast.Node, _ []ast.Node) {
	if r.Testing {
		return
	}
	switch x := x.(type) {
	case *ast.CallExpr:
		fn := syntax.Callee(r.Info, x)
		if fn == nil {
			return
		}
		if !sdk.IsSDKs(fn) {
			r.noteCall(x, fn)
			return
		}
		if s, ok := sending[fn.Name()]; ok {
			r.sent(x, s.kind, s.name, s.arg, s.all)
			return
		}
		if kind := sdk.SetsHandler(fn); kind != "" {
			r.handler(x, kind)
			return
		}
		switch fn.Name() {
		case "AddReceive":
			if v := roles.Callback(r.Info, x); v != nil {
				r.channels[v] = x.Args[0]
			}
		case "Receive", "ReceiveAsync", "ReceiveWithTimeout", "ReceiveAsyncWithMoreFlag":
			r.received(x)
		case "Get":
			r.got(x)
		}
	case *ast.CompositeLit:
		r.update(x)
	}
}

func (r *reader) constant(x ast.Expr) string {
	if value := r.Info.Types[x].Value; value != nil && value.Kind() == constant.String {
		return constant.StringVal(value)
	}
	return ""
}

// typeOf is the type of what is sent, nil for nil, which is read as nothing.
func (r *reader) typeOf(x ast.Expr) types.Type {
	tv := r.Info.Types[x]
	if tv.IsNil() {
		return nil
	}
	return tv.Type
}

// got reads v.Get(&x), where v, err := c.QueryWorkflow(ctx, id, run, "name").
func (r *reader) got(call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	v := syntax.Var(r.Info, sel.X)
	if v == nil || len(r.names().Values(v)) != 1 {
		return
	}
	asked, ok := r.names().First(v).(*ast.CallExpr)
	if !ok {
		return
	}
	kind, name := r.asked(asked)
	to, ok := syntax.Under[*types.Pointer](r.Info.TypeOf(call.Args[len(call.Args)-1]))
	if name == "" || !ok {
		return
	}
	r.wiring.Sent = append(r.wiring.Sent, r.side(resultOf(kind), name, []types.Type{to.Elem()}, call.Pos()))
}

// asked is the query or the update that a call sends, by its name; "" if that is not known.
func (r *reader) asked(call *ast.CallExpr) (kind, name string) {
	fn := syntax.Callee(r.Info, call)
	if fn == nil || !sdk.IsSDKs(fn) {
		return "", ""
	}
	switch {
	case fn.Name() == "QueryWorkflow" && len(call.Args) > 3:
		return "query", r.constant(call.Args[3])
	case fn.Name() == "UpdateWorkflow" && len(call.Args) == 2:
		if lit, ok := ast.Unparen(call.Args[1]).(*ast.CompositeLit); ok {
			if x := syntax.Field(lit, "UpdateName"); x != nil {
				return "update", r.constant(x.Value)
			}
		}
	}
	return "", ""
}

func (r *reader) sent(call *ast.CallExpr, kind string, name, arg int, all bool) {
	if name >= len(call.Args) || arg > len(call.Args) || call.Ellipsis.IsValid() && all {
		return
	}
	if !all {
		r.named(kind, call.Args[name], call.Args[arg], r.typeOf(call.Args[arg]), false, call)
		return
	}
	s := r.constant(call.Args[name])
	if s == "" {
		return
	}
	var args []types.Type
	for _, x := range call.Args[arg:] {
		args = append(args, r.typeOf(x))
	}
	r.sends(kind, s, args, call.Pos())
}

// update reads UpdateWorkflowOptions{UpdateName: "x", Args: []any{a}}.
func (r *reader) update(lit *ast.CompositeLit) {
	t := r.Info.TypeOf(lit)
	if t == nil || !sdk.IsNamed(t, "UpdateWorkflowOptions") {
		return
	}
	name := ""
	var args []types.Type
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return
		}
		switch key := syntax.Ident(kv.Key); {
		case key == nil:
		case key.Name == "UpdateName":
			name = r.constant(kv.Value)
		case key.Name == "Args":
			list, ok := ast.Unparen(kv.Value).(*ast.CompositeLit)
			if !ok {
				return
			}
			for _, x := range list.Elts {
				args = append(args, r.typeOf(x))
			}
		}
	}
	if name != "" {
		r.sends("update", name, args, lit.Pos())
	}
}

// handler reads SetQueryHandler(ctx, "x", f).
func (r *reader) handler(call *ast.CallExpr, kind string) {
	if len(call.Args) < 3 {
		return
	}
	name := r.constant(call.Args[1])
	sig, ok := syntax.Under[*types.Signature](r.Info.TypeOf(call.Args[2]))
	if name == "" || !ok || sig.Variadic() {
		return
	}
	var args []types.Type
	for i := range sig.Params().Len() {
		if t := sig.Params().At(i).Type(); i > 0 || !sdk.IsWorkflowContext(t) {
			args = append(args, t)
		}
	}
	var result types.Type
	if sig.Results().Len() == 2 {
		result = sig.Results().At(0).Type()
	}
	r.reads(kind, name, args, result, call.Pos())
}

// received reads GetSignalChannel(ctx, "x").Receive(ctx, &v).
func (r *reader) received(call *ast.CallExpr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	name := r.channel(sel.X)
	if name == nil {
		return
	}
	// Received into nil, it is read as nothing, and fits everything.
	dest := call.Args[len(call.Args)-1]
	r.named("signal", name, dest, r.typeOf(dest), true, call)
}

// channel is the name of the signal whose channel an expression is, or nil.
func (r *reader) channel(x ast.Expr) ast.Expr {
	call := roles.SignalChannel(r.Info, x, r.names().Value, r.channels)
	if call == nil || len(call.Args) < 2 {
		return nil
	}
	return call.Args[1]
}
