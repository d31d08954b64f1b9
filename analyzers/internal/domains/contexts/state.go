package contexts

import (
	"go/ast"
	"go/constant"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// maxDepth bounds how far a value is followed.
const maxDepth = 12

// context is what is known of a context at a place.
func (r *reader) context(x ast.Expr, n *callgraph.Node, depth int) state {
	if depth > maxDepth {
		return state{Unknown: true}
	}
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		return r.made(call, n, depth)
	}
	v := syntax.Var(r.Info, x)
	if v == nil || v.Pkg() != r.Pass.Pkg {
		return state{Unknown: true}
	}
	a, found, sure := r.index.reaching(v, x.Pos(), n)
	switch {
	case !sure:
		return state{Unknown: true}
	case found && a.value == nil:
		return state{Unknown: true}
	case found:
		return r.context(a.value, n, depth+1)
	}
	return r.parameter(v, n, depth)
}

// parameter is what is known of a context that a function or closure is given.
func (r *reader) parameter(v *types.Var, n *callgraph.Node, depth int) state {
	if fn, i, ok := r.ParamOf(v); ok {
		if i == 0 {
			return state{Relative: !r.isRoot(fn), Update: r.handlers[fn]}
		}
		return state{Unknown: true}
	}
	// The context of a coroutine is made of the one that starts it.
	for ; n != nil && n.Lit != nil; n = n.Outer {
		if n.Sig == nil || n.Sig.Params().Len() == 0 || n.Sig.Params().At(0) != v {
			continue
		}
		call := r.index.given[n.Lit]
		if call == nil {
			return state{Unknown: true}
		}
		fn := syntax.Callee(r.Info, call)
		switch {
		case fn == nil || !sdk.InSDK(fn.Pkg()):
			return state{Unknown: true}
		case fn.Name() == "Go" || fn.Name() == "GoNamed":
			return r.context(call.Args[0], n.Outer, depth+1)
		case sdk.SetsHandler(fn) == "update":
			return state{Update: true}
		}
		return state{Unknown: true}
	}
	return state{Unknown: true}
}

// made is what is known of a context that a call returns.
func (r *reader) made(call *ast.CallExpr, n *callgraph.Node, depth int) state {
	fn := syntax.Callee(r.Info, call)
	if fn == nil || len(call.Args) == 0 {
		return state{Unknown: true}
	}
	t := r.Info.TypeOf(call.Args[0])
	if t == nil || !sdk.IsWorkflowContext(t) {
		return state{Unknown: true}
	}
	st := r.context(call.Args[0], n, depth+1)
	if !sdk.InSDK(fn.Pkg()) {
		s := r.of(fn.Origin())
		if !s.Context {
			return state{Unknown: true}
		}
		changed := s.Returns
		for _, o := range []*options{&changed.Remote, &changed.Local} {
			if o.Param > len(call.Args) {
				return state{Unknown: true}
			}
			if o.Param > 0 {
				*o = r.options(call.Args[o.Param-1], 0)
			}
		}
		return st.then(changed)
	}
	return r.with(st, fn.Name(), call)
}

// with is a context after a function of the SDK has changed it.
func (r *reader) with(st state, name string, call *ast.CallExpr) state {
	switch name {
	case "WithActivityOptions":
		st.Remote = r.options(call.Args[1], 0)
	case "WithLocalActivityOptions":
		st.Local = r.options(call.Args[1], 0)
	case "WithChildOptions", "WithWorkflowOptions":
		st.Child = true
	case "WithStartToCloseTimeout", "WithScheduleToCloseTimeout":
		st.Remote.Timeout, st.Remote.Param = r.duration(call.Args[1]), 0
	case "WithHeartbeatTimeout":
		st.Remote.Heartbeat, st.Remote.Param = r.duration(call.Args[1]), 0
	default:
		if !strings.HasPrefix(name, "With") && name != "NewDisconnectedContext" && name != "CreateSession" && name != "RecreateSession" {
			return state{Unknown: true}
		}
	}
	return st
}

// then is a context after a helper has changed it.
func (st state) then(changed state) state {
	if changed.Unknown || !changed.Relative {
		return changed
	}
	if changed.Remote.Given {
		st.Remote = changed.Remote
	} else if changed.Remote.Timeout != unset || changed.Remote.Heartbeat != unset {
		st.Remote.Param = 0
		st.Remote.Timeout = max(st.Remote.Timeout, changed.Remote.Timeout)
		st.Remote.Heartbeat = max(st.Remote.Heartbeat, changed.Remote.Heartbeat)
	}
	if changed.Local.Given {
		st.Local = changed.Local
	}
	st.Child = st.Child || changed.Child
	return st
}

// returns notes the context or the options that a function returns.
func (r *reader) returns(n *callgraph.Node, s *summary) {
	results := n.Sig.Results()
	if results.Len() == 0 {
		return
	}
	t := results.At(0).Type()
	context := sdk.IsWorkflowContext(t)
	if !context && !isOptions(t) {
		return
	}
	var states []state
	var all []options
	ast.Inspect(n.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			switch {
			case len(x.Results) == 0:
				states, all = append(states, state{Unknown: true}), append(all, options{Given: true, Timeout: unknown, Heartbeat: unknown})
			case context:
				states = append(states, r.context(x.Results[0], n, 0))
			default:
				all = append(all, r.options(x.Results[0], 0))
			}
		}
		return true
	})
	switch {
	case context && len(states) == 1 && !states[0].Unknown:
		st := states[0]
		st.Relative = true // a workflow does not return contexts
		s.Context, s.Returns = true, st
	case !context && len(all) == 1:
		s.Options = all[0]
	}
}

func isOptions(t types.Type) bool { return sdk.IsNamed(t, "ActivityOptions", "LocalActivityOptions") }

// options is what is known of activity options.
func (r *reader) options(x ast.Expr, depth int) options {
	nothing := options{Given: true, Timeout: unknown, Heartbeat: unknown}
	if depth > maxDepth {
		return nothing
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return r.literal(x)
	case *ast.CallExpr:
		fn := syntax.Callee(r.Info, x)
		if fn == nil || sdk.InSDK(fn.Pkg()) {
			return nothing
		}
		o := r.of(fn.Origin()).Options
		if o.Param > 0 && o.Param <= len(x.Args) {
			return r.options(x.Args[o.Param-1], depth+1)
		}
		if o.Given && o.Param == 0 {
			return o
		}
	case *ast.Ident:
		if v := syntax.Var(r.Info, x); v != nil {
			return r.variable(v, depth)
		}
	case *ast.SelectorExpr:
		if v, ok := r.Info.Uses[x.Sel].(*types.Var); ok && !v.IsField() {
			return r.variable(v, depth)
		}
	}
	return nothing
}

// variable is what is known of the options that a variable holds: one literal, apart from the
// fields that are assigned later.
func (r *reader) variable(v *types.Var, depth int) options {
	nothing := options{Given: true, Timeout: unknown, Heartbeat: unknown}
	if v.Pkg() != r.Pass.Pkg {
		if s := callgraph.SummaryOf[summary](r.Package, domain, v); s.Options.Given {
			return s.Options
		}
		return nothing
	}
	if fn, i, isParam := r.ParamOf(v); isParam || r.index.shared[v] {
		if isParam && !r.index.shared[v] && len(r.index.assigned[v])+len(r.index.fields[v]) == 0 && !r.isRoot(fn) {
			nothing.Param = i + 1
		}
		return nothing
	}
	var o options
	switch values := r.index.assigned[v]; {
	case len(values) == 1 && values[0].value != nil:
		o = r.options(values[0].value, depth+1)
	case len(values) == 0 && v.Parent() == v.Pkg().Scope():
		initial := r.names.Values(v)
		if len(initial) != 1 || initial[0] == nil {
			return nothing
		}
		o = r.options(initial[0], depth+1)
	case len(values) == 0 && r.index.declared[v] != nil:
		id := r.index.declared[v]
		o = options{Given: true, pos: id.Pos(), end: id.End()}
	default:
		return nothing
	}
	for _, field := range r.index.fields[v] {
		switch field {
		case "StartToCloseTimeout", "ScheduleToCloseTimeout":
			o.Timeout = unknown
		case "HeartbeatTimeout":
			o.Heartbeat = unknown
		}
	}
	return o
}

func (r *reader) literal(lit *ast.CompositeLit) options {
	if t := r.Info.TypeOf(lit); t == nil || !isOptions(t) {
		return options{Given: true, Timeout: unknown, Heartbeat: unknown}
	}
	o := options{Given: true, pos: lit.Pos(), end: lit.End()}
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return options{Given: true, Timeout: unknown, Heartbeat: unknown}
		}
		switch key := syntax.Ident(kv.Key); {
		case key == nil:
		case key.Name == "StartToCloseTimeout" || key.Name == "ScheduleToCloseTimeout":
			o.Timeout = max(o.Timeout, r.duration(kv.Value))
		case key.Name == "HeartbeatTimeout":
			o.Heartbeat = r.duration(kv.Value)
		}
	}
	return o
}

// duration is whether a value is zero, which stands for none.
func (r *reader) duration(x ast.Expr) int {
	value := r.Info.Types[x].Value
	switch {
	case value == nil:
		return unknown
	case constant.Sign(value) == 0:
		return unset
	}
	return set
}
