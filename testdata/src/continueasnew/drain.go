package continueasnew

import "go.temporal.io/sdk/workflow"

func LosesSignalsWorkflow(ctx workflow.Context, n int) error {
	ch := workflow.GetSignalChannel(ctx, "more")
	for i := 0; i < 100; i++ {
		ch.Receive(ctx, &n)
	}
	return workflow.NewContinueAsNewError(ctx, LosesSignalsWorkflow, n) // want `signals that have arrived and are not received are lost when the workflow continues as new: before, call ReceiveAsync until it returns false`
}

func DrainsWorkflow(ctx workflow.Context, n int) error {
	ch := workflow.GetSignalChannel(ctx, "more")
	ch.Receive(ctx, &n)
	for ch.ReceiveAsync(&n) {
	}
	return workflow.NewContinueAsNewError(ctx, DrainsWorkflow, n)
}

func HandsOnWorkflow(ctx workflow.Context, n int) error {
	ch := workflow.GetSignalChannel(ctx, "more")
	ch.Receive(ctx, &n)
	drainAll(ch)
	return workflow.NewContinueAsNewError(ctx, HandsOnWorkflow, n)
}

func drainAll(ch workflow.ReceiveChannel) {
	for ch.ReceiveAsync(nil) {
	}
}

func PendingWorkflow(ctx workflow.Context, n int) error {
	s := workflow.NewSelector(ctx)
	s.AddReceive(workflow.GetSignalChannel(ctx, "more"), func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, &n) })
	for s.HasPending() {
		s.Select(ctx)
	}
	return workflow.NewContinueAsNewError(ctx, PendingWorkflow, n)
}

func CutsOffWorkflow(ctx workflow.Context, n int) error {
	if err := workflow.SetUpdateHandler(ctx, "set", func(ctx workflow.Context, v int) error { n = v; return nil }); err != nil {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, CutsOffWorkflow, n) // want `update handlers that are running are cut off when the workflow continues as new: before, wait until workflow\.AllHandlersFinished`
}

func FinishesWorkflow(ctx workflow.Context, n int) error {
	if err := workflow.SetUpdateHandler(ctx, "set", func(ctx workflow.Context, v int) error { n = v; return nil }); err != nil {
		return err
	}
	if err := workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }); err != nil {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, FinishesWorkflow, n)
}
