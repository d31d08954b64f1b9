package exempt

import (
	"time"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"
)

// inbound is around what a workflow does and is asked.
type inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	last time.Time
}

// HandleQuery measures: no query is in a history.
func (i *inbound) HandleQuery(ctx workflow.Context, in *interceptor.HandleQueryInput) (any, error) {
	start := time.Now()
	defer func() { workflow.GetMetricsHandler(ctx).Timer("query").Record(time.Since(start)) }()
	return i.Next.HandleQuery(ctx, in)
}

// ValidateUpdate is not run on a replay.
func (i *inbound) ValidateUpdate(ctx workflow.Context, in *interceptor.UpdateInput) error {
	i.last = time.Now()
	return i.Next.ValidateUpdate(ctx, in)
}

// HandleSignal is.
func (i *inbound) HandleSignal(ctx workflow.Context, in *interceptor.HandleSignalInput) error {
	i.last = time.Now() // want `time.Now in workflow code`
	return i.Next.HandleSignal(ctx, in)
}
