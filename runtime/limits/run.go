package limits

import (
	"fmt"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

// DefaultInvocations is "Limit activity invocations in a single workflow to 1000" in Media Cloud's workflow guide.
const DefaultInvocations = 1000

// Run limits what one run of a workflow may invoke: activities, local activities and child workflows together. Retries of
// one invocation count once. A run that continues as new starts from 0, and so does each child.
type Run struct {
	// Invocations is how many a run may have. DefaultInvocations if 0.
	Invocations int
	// Warn logs the first invocation over the limit and lets it and all others pass.
	Warn bool
}

// Interceptor returns a worker interceptor that refuses a run's invocations over the limit.
//
// The count is the workflow code's own and depends on nothing else, so that a replay arrives at the same one.
func Interceptor(limit Run) interceptor.WorkerInterceptor {
	if limit.Invocations == 0 {
		limit.Invocations = DefaultInvocations
	}
	return &workerInterceptor{limit: limit}
}

type workerInterceptor struct {
	interceptor.WorkerInterceptorBase
	limit Run
}

// InterceptWorkflow is called once for each run, and again when a run is replayed from its start.
func (w *workerInterceptor) InterceptWorkflow(ctx workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	return &inbound{interceptor.WorkflowInboundInterceptorBase{Next: next}, w.limit}
}

type inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	limit Run
}

func (i *inbound) Init(next interceptor.WorkflowOutboundInterceptor) error {
	return i.Next.Init(&outbound{interceptor.WorkflowOutboundInterceptorBase{Next: next}, i.limit, 0})
}

// outbound counts. Only one coroutine of a run runs at a time.
type outbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	limit Run
	count int
}

func (o *outbound) ExecuteActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	o.invoke(ctx, "activity", activityType)
	return o.Next.ExecuteActivity(ctx, activityType, args...)
}

func (o *outbound) ExecuteLocalActivity(ctx workflow.Context, activityType string, args ...any) workflow.Future {
	o.invoke(ctx, "local activity", activityType)
	return o.Next.ExecuteLocalActivity(ctx, activityType, args...)
}

func (o *outbound) ExecuteChildWorkflow(ctx workflow.Context, childWorkflowType string, args ...any) workflow.ChildWorkflowFuture {
	o.invoke(ctx, "child workflow", childWorkflowType)
	return o.Next.ExecuteChildWorkflow(ctx, childWorkflowType, args...)
}

// invoke counts an invocation, and panics if it is one too many.
func (o *outbound) invoke(ctx workflow.Context, kind, name string) {
	o.count++
	if o.count <= o.limit.Invocations || workflow.IsReplaying(ctx) {
		return
	}
	if !o.limit.Warn {
		panic(fmt.Sprintf("%s %s is invocation %d of a run that may have %d: continue as new, or give parts to child workflows",
			kind, name, o.count, o.limit.Invocations))
	}
	if o.count == o.limit.Invocations+1 {
		workflow.GetLogger(ctx).Warn("run over the limit of invocations", "kind", kind, "name", name, "limit", o.limit.Invocations)
	}
}
