// Package sdk is the vocabulary of the Temporal Go SDK: which functions
// register, execute, schedule and dial, and where their target stands.
//
// Everything is matched by import path and type. client, temporal and worker are
// popular names for other things, and Cadence has the same names for every API.
package sdk

import (
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
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

// A Check is what the SDK does with the arguments of an execute call.
type Check int

const (
	// Unchecked: the target is reduced to its name and the arguments to JSON; a
	// missing one arrives as a zero value, an extra one is dropped.
	Unchecked Check = iota
	// Checked: number and assignability are tested when the call runs.
	Checked
	// Matched: the arguments of a mock are matchers, one for each parameter.
	Matched
)

// A Call says what a function does with the argument at index Target, and where
// the arguments for the target start.
type Call struct {
	Kind   Kind
	Target int
	Args   int // 0 if the function takes none
	Check  Check
}

// Functions of package workflow and methods of the client, the worker and the
// test environment. The SDK declares most of its types in an internal package
// and gives them other names, so the receiver's name is of no use; a method name
// in the SDK has one meaning.
var calls = map[string]Call{
	"RegisterActivity":                 {RegisterActivity, 0, 0, 0},
	"RegisterActivityWithOptions":      {RegisterActivity, 0, 0, 0},
	"RegisterDynamicActivity":          {RegisterActivity, 0, 0, 0},
	"RegisterWorkflow":                 {RegisterWorkflow, 0, 0, 0},
	"RegisterWorkflowWithOptions":      {RegisterWorkflow, 0, 0, 0},
	"RegisterDynamicWorkflow":          {RegisterWorkflow, 0, 0, 0},
	"ExecuteActivity":                  {ExecuteActivity, 1, 2, Unchecked},
	"ExecuteLocalActivity":             {ExecuteLocalActivity, 1, 2, Checked},
	"ExecuteChildWorkflow":             {ExecuteWorkflow, 1, 2, Unchecked},
	"NewContinueAsNewError":            {ExecuteWorkflow, 1, 2, Checked},
	"NewContinueAsNewErrorWithOptions": {ExecuteWorkflow, 2, 3, Checked},
	"ExecuteWorkflow":                  {ExecuteWorkflow, 2, 3, Checked},
	"ExecuteUntypedWorkflow":           {ExecuteWorkflow, 3, 4, Checked},
	"StartUntypedWorkflow":             {ExecuteWorkflow, 3, 4, Checked},
	"StartUntypedActivity":             {ExecuteActivity, 3, 4, Checked},
	"StartWorkflow":                    {ExecuteWorkflow, 3, 0, 0}, // of temporalnexus, whose argument the compiler checks
	"StartActivity":                    {ExecuteActivity, 3, 0, 0},
	"SignalWithStartWorkflow":          {ExecuteWorkflow, 5, 6, Checked},
	"NewWithStartWorkflowOperation":    {ExecuteWorkflow, 1, 2, Checked},
	"NewWorkflowRunOperation":          {ExecuteWorkflow, 1, 0, 0},
	"SetUpdateHandler":                 {Handle, 2, 0, 0},
	"SetUpdateHandlerWithOptions":      {Handle, 2, 0, 0},
	"SetQueryHandler":                  {Handle, 2, 0, 0},
	"SetQueryHandlerWithOptions":       {Handle, 2, 0, 0},
	"OnActivity":                       {Mock, 0, 1, Matched},
	"OnWorkflow":                       {Mock, 0, 1, Matched},
}

// CallOf says what calling fn does with a target.
func CallOf(fn *types.Func) (Call, bool) {
	if !IsSDKs(fn) {
		return Call{}, false
	}
	c, ok := calls[fn.Name()]
	if !ok {
		return c, false
	}
	sig := fn.Signature()
	if sig.Recv() == nil && fn.Name() == "ExecuteWorkflow" {
		c.Target, c.Args = 3, 0 // of temporalnexus, whose argument the compiler checks
	}
	if sig.Recv() != nil && sig.Params().Len() > 0 {
		switch fn.Name() {
		case "ExecuteActivity", "ExecuteLocalActivity", "ExecuteWorkflow":
			// client.ExecuteActivity(ctx, options, activity, args...) takes options;
			// the test environment's ExecuteActivity(activity, args...) takes no context;
			// an inbound interceptor's ExecuteActivity(ctx, in) has no target.
			if !sig.Variadic() {
				return Call{}, false
			}
			c.Args = sig.Params().Len() - 1
			c.Target = c.Args - 1
			c.Check = Checked
			if inTestEnvironment(sig.Recv().Type()) {
				c.Check = Unchecked
			}
		}
	}
	return c, 0 <= c.Target && c.Target < sig.Params().Len()
}

// inTestEnvironment recognizes the test environments, which encode the arguments
// without a look at the target.
func inTestEnvironment(recv types.Type) bool {
	if p, ok := types.Unalias(recv).(*types.Pointer); ok {
		recv = p.Elem()
	}
	named, ok := types.Unalias(recv).(*types.Named)
	return ok && strings.HasPrefix(named.Obj().Name(), "Test")
}

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

// clients are the methods of client.Client that send something, with their signatures.
var clients = map[string]string{
	"ExecuteWorkflow":         "func(context.Context, StartWorkflowOptions, any, ...any) (WorkflowRun, error)",
	"SignalWithStartWorkflow": "func(context.Context, string, string, any, StartWorkflowOptions, any, ...any) (WorkflowRun, error)",
	"SignalWorkflow":          "func(context.Context, string, string, string, any) error",
	"QueryWorkflow":           "func(context.Context, string, string, string, ...any) (EncodedValue, error)",
}

// IsSDKs reports whether fn is one of the SDK's own functions, or the method of an interface of the
// program that is a part of client.Client: what most services have instead of it, for their tests.
func IsSDKs(fn *types.Func) bool {
	if InSDK(fn.Pkg()) {
		return true
	}
	want, sig := clients[fn.Name()], fn.Signature()
	if want == "" || sig.Recv() == nil || !types.IsInterface(sig.Recv().Type()) {
		return false
	}
	have := types.TypeString(syntax.Unnamed(sig), func(pkg *types.Package) string {
		if InSDK(pkg) {
			return ""
		}
		return pkg.Path()
	})
	return want == strings.ReplaceAll(have, "interface{}", "any")
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

// IsDynamic reports whether a function is fit to be registered as the dynamic activity
// or workflow: it stands for every name that has no function, and takes any number of
// arguments as they come.
func IsDynamic(sig *types.Signature) bool {
	return sig.Params().Len() == 2 && IsNamed(sig.Params().At(1).Type(), "EncodedValues")
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

// Invokes reports whether fn starts an activity, a local activity or a child workflow
// from a workflow.
func Invokes(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg().Path() != prefix+"workflow" || fn.Signature().Recv() != nil {
		return false
	}
	switch fn.Name() {
	case "ExecuteActivity", "ExecuteLocalActivity", "ExecuteChildWorkflow":
		return true
	}
	return false
}

// waiting are methods that return when something has happened.
var waiting = map[string]bool{"Get": true, "Receive": true, "ReceiveWithTimeout": true, "Select": true, "Wait": true, "Lock": true, "Acquire": true}

// Waits reports whether fn is a method of the SDK that returns when something has happened,
// such as Get of a future.
func Waits(fn *types.Func) bool {
	return InSDK(fn.Pkg()) && fn.Signature().Recv() != nil && waiting[fn.Name()]
}

// SetsHandler says of what fn sets the handler in workflow code: "query", "update", or "" for
// nothing.
func SetsHandler(fn *types.Func) string {
	if !InSDK(fn.Pkg()) {
		return ""
	}
	switch fn.Name() {
	case "SetQueryHandler", "SetQueryHandlerWithOptions":
		return "query"
	case "SetUpdateHandler", "SetUpdateHandlerWithOptions":
		return "update"
	}
	return ""
}

// ContinuesAsNew reports whether fn makes the error that continues a workflow as new.
func ContinuesAsNew(fn *types.Func) bool {
	return InSDK(fn.Pkg()) && strings.HasPrefix(fn.Name(), "NewContinueAsNewError")
}

// AsksHistory reports whether fn says how long a workflow's history is.
func AsksHistory(fn *types.Func) bool {
	if !InSDK(fn.Pkg()) {
		return false
	}
	switch fn.Name() {
	case "GetContinueAsNewSuggested", "GetCurrentHistoryLength", "GetCurrentHistorySize":
		return true
	}
	return false
}

// IsWorkerConstructor reports whether fn makes a worker.
func IsWorkerConstructor(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == prefix+"worker" && fn.Name() == "New" && fn.Signature().Recv() == nil
}

// IsWorker reports whether t is the SDK's worker.
func IsWorker(t types.Type) bool { return IsNamed(t, "Worker") && types.IsInterface(t) }

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

// IsScheduleAction reports whether t is client.ScheduleWorkflowAction, whose fields
// Workflow and Args hold a target and its arguments.
func IsScheduleAction(t types.Type) bool { return IsNamed(t, "ScheduleWorkflowAction") }

// IsNamed reports whether t, or what it points to, is a type of the SDK with one of
// the names.
func IsNamed(t types.Type, names ...string) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || !InSDK(named.Obj().Pkg()) {
		return false
	}
	for _, name := range names {
		if named.Obj().Name() == name {
			return true
		}
	}
	return false
}
