package determinism

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// commands are those that a function gives to the server, itself or through others: none, only such as
// record a result, or any.
type commands int

const (
	noCommands commands = iota
	recordings
	anyCommands
)

// commanding are functions and methods of package workflow that give a command, or
// decide in which order coroutines go on.
var commanding = map[string]bool{
	"ExecuteActivity": true, "ExecuteLocalActivity": true, "ExecuteChildWorkflow": true, "ExecuteOperation": true,
	"NewTimer": true, "NewTimerWithOptions": true, "Sleep": true, "AwaitWithTimeout": true, "AwaitWithOptions": true,
	"SideEffect": true, "SideEffectWithOptions": true, "MutableSideEffect": true, "MutableSideEffectWithOptions": true, "GetVersion": true,
	"RequestCancelExternalWorkflow": true, "SignalExternalWorkflow": true, "SignalChildWorkflow": true,
	"UpsertSearchAttributes": true, "UpsertTypedSearchAttributes": true, "UpsertMemo": true,
	"NewContinueAsNewError": true, "NewContinueAsNewErrorWithOptions": true,
	"Go": true, "GoNamed": true, "SetUpdateHandler": true, "SetUpdateHandlerWithOptions": true,
	"AddFuture": true, "AddReceive": true, "AddSend": true, "Send": true, "SendAsync": true,
}

// commands are those that a function, or one that it calls, gives.
func (o *ordering) commands(n *callgraph.Node) commands {
	if known, ok := o.known[n]; ok {
		return known
	}
	o.known[n] = noCommands // recursion adds nothing
	gives := noCommands
	for _, call := range o.gives[n] {
		gives = max(gives, o.givenBy(call))
	}
	for i := range n.Edges {
		if to := n.Edges[i].To; to != nil && gives < anyCommands {
			gives = max(gives, o.commands(to))
		}
	}
	o.known[n] = gives
	return gives
}

// recording are commands whose arguments decide nothing: a replay has the result that was recorded.
var recording = map[string]bool{"SideEffect": true, "SideEffectWithOptions": true, "GetVersion": true}

// givenBy are the commands of a call that is known to give some, apart from functions of this package.
func (o *ordering) givenBy(call *ast.CallExpr) commands {
	fn := syntax.Callee(o.Info, call)
	switch {
	case fn == nil:
		return anyCommands
	case sdk.InSDK(fn.Pkg()):
		if recording[fn.Name()] {
			return recordings
		}
	case isMethodOfInterface(fn) && fn.Pkg() == o.Pass.Pkg:
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return o.givenThrough(bindings.MethodsOn(o.Flow().Receivers(sel), fn))
		}
	default:
		if s := o.imported(fn.Origin()); s.Known {
			return s.Commands
		}
	}
	return anyCommands
}

// givenThrough are the commands of what an interface's method runs.
func (o *ordering) givenThrough(fns []*types.Func) commands {
	if len(fns) == 0 {
		return anyCommands
	}
	gives := noCommands
	for _, fn := range fns {
		if n := o.NodeOf(fn); n != nil {
			gives = max(gives, o.commands(n))
		} else if s := o.imported(fn); s.Known {
			gives = max(gives, s.Commands)
		} else {
			return anyCommands
		}
	}
	return gives
}

// exportMethods says of the methods of the package's interfaces which commands they give, where types
// that the package puts there give few: those of others are taken to do the same.
func (o *ordering) exportMethods() {
	wanted := func(m *types.Func) bool { return sdk.IsWorkflowCode(m.Signature()) }
	for m, fns := range o.Flow().Methods(wanted) {
		if gives := o.givenThrough(fns); gives < anyCommands {
			o.Export(domain, m, &summary{Known: true, Commands: gives})
		}
	}
}

// takesAnyOrder reports whether the order of what a call that gives commands is given decides nothing:
// it only records a result, or what it is given is a set.
func (o *ordering) takesAnyOrder(call *ast.CallExpr, fn *types.Func) bool {
	if fn == nil {
		return false
	}
	if n := o.NodeOf(fn.Origin()); n != nil {
		return o.commands(n) == recordings
	}
	return sdk.InSDK(fn.Pkg()) && fn.Name() == "UpsertTypedSearchAttributes" || o.givenBy(call) == recordings
}
