// Package sdk is the vocabulary of the Temporal Go SDK: which functions
// register, execute, schedule and dial, and where their target stands.
//
// Everything is matched by import path and type. client, temporal and worker are
// popular names for other things, and Cadence has the same names for every API.
package sdk

import (
	"go/types"
	"strings"
)

const prefix = "go.temporal.io/sdk/"

// A Kind is what a call does with its target.
type Kind int

const (
	None Kind = iota
	RegisterActivity
	RegisterWorkflow
	ExecuteActivity
	ExecuteLocalActivity
	ExecuteWorkflow // as a child, by a client, in a schedule, or to continue as new
	Handle          // update and query handlers, Nexus operations
	Mock            // OnActivity and its like in the test environment
)

// Activity reports whether the target is an activity.
func (k Kind) Activity() bool {
	return k == RegisterActivity || k == ExecuteActivity || k == ExecuteLocalActivity
}

// Register reports whether the call registers its target.
func (k Kind) Register() bool { return k == RegisterActivity || k == RegisterWorkflow }

// A Call says what a function does with the argument at index Target.
type Call struct {
	Kind   Kind
	Target int
}

// Functions of package workflow and methods of the client, the worker and the
// test environment. The SDK declares most of its types in an internal package
// and gives them other names, so the receiver's name is of no use; a method name
// in the SDK has one meaning.
var calls = map[string]Call{
	"RegisterActivity":                 {RegisterActivity, 0},
	"RegisterActivityWithOptions":      {RegisterActivity, 0},
	"RegisterDynamicActivity":          {RegisterActivity, 0},
	"RegisterWorkflow":                 {RegisterWorkflow, 0},
	"RegisterWorkflowWithOptions":      {RegisterWorkflow, 0},
	"RegisterDynamicWorkflow":          {RegisterWorkflow, 0},
	"ExecuteActivity":                  {ExecuteActivity, 1},
	"ExecuteLocalActivity":             {ExecuteLocalActivity, 1},
	"ExecuteChildWorkflow":             {ExecuteWorkflow, 1},
	"NewContinueAsNewError":            {ExecuteWorkflow, 1},
	"NewContinueAsNewErrorWithOptions": {ExecuteWorkflow, 2},
	"ExecuteWorkflow":                  {ExecuteWorkflow, 2},
	"SignalWithStartWorkflow":          {ExecuteWorkflow, 5},
	"NewWithStartWorkflowOperation":    {ExecuteWorkflow, 1},
	"NewWorkflowRunOperation":          {ExecuteWorkflow, 1},
	"SetUpdateHandler":                 {Handle, 2},
	"SetUpdateHandlerWithOptions":      {Handle, 2},
	"SetQueryHandler":                  {Handle, 2},
	"SetQueryHandlerWithOptions":       {Handle, 2},
	"OnActivity":                       {Mock, 0},
	"OnWorkflow":                       {Mock, 0},
}

// CallOf says what calling fn does with a target.
func CallOf(fn *types.Func) (Call, bool) {
	if !InSDK(fn.Pkg()) {
		return Call{}, false
	}
	c, ok := calls[fn.Name()]
	if !ok {
		return c, false
	}
	if recv := fn.Signature().Recv(); recv != nil && fn.Signature().Params().Len() > 0 {
		// client.ExecuteActivity(ctx, options, activity, args...) takes options;
		// the test environment's ExecuteActivity(activity, args...) takes no context.
		switch fn.Name() {
		case "ExecuteActivity":
			c.Target = variadicTarget(fn)
		case "ExecuteLocalActivity", "ExecuteWorkflow":
			c.Target = variadicTarget(fn)
		}
	}
	return c, c.Target < fn.Signature().Params().Len()
}

// variadicTarget is the parameter in front of args.
func variadicTarget(fn *types.Func) int { return fn.Signature().Params().Len() - 2 }

// LooksLikeRegistry recognizes a method of an interface of the program's own
// that the SDK's worker satisfies: RegisterActivity(any) and its relatives.
func LooksLikeRegistry(fn *types.Func) (Call, bool) {
	c, ok := calls[fn.Name()]
	if !ok || !c.Kind.Register() {
		return Call{}, false
	}
	sig := fn.Signature()
	if sig.Recv() == nil || !types.IsInterface(sig.Recv().Type()) || sig.Results().Len() != 0 {
		return Call{}, false
	}
	params := sig.Params()
	switch {
	case params.Len() == 1 && !strings.HasSuffix(fn.Name(), "WithOptions"):
	case params.Len() == 2 && fromSDK(params.At(1).Type()):
	default:
		return Call{}, false
	}
	i, ok := params.At(0).Type().Underlying().(*types.Interface)
	return c, ok && i.Empty()
}

func fromSDK(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && InSDK(named.Obj().Pkg())
}

// InSDK reports whether pkg is one of the SDK's own packages.
func InSDK(pkg *types.Package) bool {
	return pkg != nil && strings.HasPrefix(pkg.Path(), prefix) && !strings.HasPrefix(pkg.Path(), prefix+"contrib/")
}

// Imports reports whether pkg imports any package of the SDK.
func Imports(pkg *types.Package) bool {
	for _, imp := range pkg.Imports() {
		if InSDK(imp) {
			return true
		}
	}
	return false
}

// IsWorkflowContext reports whether t is workflow.Context.
func IsWorkflowContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && InSDK(named.Obj().Pkg()) && named.Obj().Name() == "Context" && types.IsInterface(named)
}

// IsWorkflowCode reports whether the first parameter is workflow.Context.
func IsWorkflowCode(sig *types.Signature) bool {
	return sig.Params().Len() > 0 && IsWorkflowContext(sig.Params().At(0).Type())
}

// IsClientConstructor reports whether fn opens, or prepares, a connection to a
// Temporal server.
func IsClientConstructor(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg().Path() != prefix+"client" || fn.Signature().Recv() != nil {
		return false
	}
	switch fn.Name() {
	case "Dial", "DialContext", "NewClient", "NewLazyClient", "NewClientFromExisting", "NewClientFromExistingWithContext", "NewNamespaceClient":
		return true
	}
	return false
}

// UsesActivity reports whether fn is a function of package activity that only
// makes sense inside an activity.
func UsesActivity(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg().Path() != prefix+"activity" {
		return false
	}
	switch fn.Name() {
	case "GetInfo", "RecordHeartbeat", "GetLogger", "GetClient", "GetMetricsHandler", "HasHeartbeatDetails", "GetHeartbeatDetails", "GetWorkerStopChannel":
		return true
	}
	return false
}

// ScheduledWorkflow is the field of ScheduleWorkflowAction that holds a target.
func ScheduledWorkflow(t types.Type, field string) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && InSDK(named.Obj().Pkg()) && named.Obj().Name() == "ScheduleWorkflowAction" && field == "Workflow"
}
