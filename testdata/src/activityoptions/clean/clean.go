// Package clean has options that work, or that are not known. Silent.
package clean

import (
	"context"
	"time"

	"example.com/corpus/activityoptions/acts"
	"example.com/corpus/activityoptions/options"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Here(ctx context.Context) error { return nil }

type config struct{ Timeout, Heartbeat time.Duration }

func LiteralWorkflow(ctx workflow.Context, cfg config) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{ScheduleToCloseTimeout: time.Minute})
	_ = workflow.ExecuteActivity(ctx, Here)
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: cfg.Timeout, HeartbeatTimeout: cfg.Heartbeat})
	_ = workflow.ExecuteActivity(ctx, acts.Copy, 1)
	ctx = options.With(ctx)
	return workflow.ExecuteActivity(ctx, acts.Quick).Get(ctx, nil)
}

func FieldsWorkflow(ctx workflow.Context) error {
	var ao workflow.ActivityOptions
	ao.StartToCloseTimeout = time.Minute
	ctx = workflow.WithActivityOptions(ctx, ao)
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

func FilledWorkflow(ctx workflow.Context) error {
	ao := workflow.ActivityOptions{}
	fill(&ao)
	ctx = workflow.WithActivityOptions(ctx, ao)
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

func fill(ao *workflow.ActivityOptions) { ao.StartToCloseTimeout = time.Minute }

func BranchWorkflow(ctx workflow.Context, long bool) error {
	ao := workflow.ActivityOptions{}
	if long {
		ao = workflow.ActivityOptions{StartToCloseTimeout: time.Hour}
	} else {
		ao = options.Good
	}
	ctx = workflow.WithActivityOptions(ctx, ao)
	if err := workflow.ExecuteActivity(ctx, Here).Get(ctx, nil); err != nil {
		return err
	}
	inner := ctx
	if long {
		inner = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{})
	}
	return workflow.ExecuteActivity(inner, Here).Get(ctx, nil)
}

func LaterWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{TaskQueue: "x"})
	ctx = workflow.WithStartToCloseTimeout(ctx, time.Minute)
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

func DeferWorkflow(ctx workflow.Context) error {
	defer func() {
		_ = workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
	}()
	ctx = options.With(ctx)
	return options.Run(ctx, "x")
}

func CoroutineWorkflow(ctx workflow.Context) error {
	ctx, cancel := workflow.WithCancel(options.With(ctx))
	defer cancel()
	for i := range 3 {
		workflow.Go(ctx, func(gctx workflow.Context) {
			_ = workflow.ExecuteActivity(gctx, Here, i).Get(gctx, nil)
		})
	}
	return helper(ctx)
}

// helper is called with options, and is no workflow.
func helper(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

// Plain is not registered here: what calls it is not known.
func Plain(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, Here).Get(ctx, nil)
}

// SharedWorkflow has the timeout for the one activity that needs it.
func SharedWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour, HeartbeatTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, Here).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, acts.Copy, 1).Get(ctx, nil)
}

// OpenWorkflow has the timeout for activities of which it is not known what they do.
func OpenWorkflow(ctx workflow.Context) error {
	var orders acts.Orders
	var asker *acts.Asker
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour, HeartbeatTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, orders.Charge).Get(ctx, nil); err != nil {
		return err
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour, HeartbeatTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, asker.Ask).Get(ctx, nil)
}

type session struct{ ctx workflow.Context }

func (s *session) run() error { return workflow.ExecuteActivity(s.ctx, Here).Get(s.ctx, nil) }

func SessionWorkflow(ctx workflow.Context) error {
	ctx = options.With(ctx)
	sctx, err := workflow.CreateSession(ctx, &workflow.SessionOptions{CreationTimeout: time.Minute, ExecutionTimeout: time.Minute})
	if err != nil {
		return err
	}
	defer workflow.CompleteSession(sctx)
	if err := workflow.ExecuteActivity(sctx, Here).Get(sctx, nil); err != nil {
		return err
	}
	return (&session{ctx}).run()
}

func Register(w worker.Worker) {
	w.RegisterWorkflow(LiteralWorkflow)
	w.RegisterWorkflow(FieldsWorkflow)
	w.RegisterWorkflow(FilledWorkflow)
	w.RegisterWorkflow(BranchWorkflow)
	w.RegisterWorkflow(LaterWorkflow)
	w.RegisterWorkflow(DeferWorkflow)
	w.RegisterWorkflow(CoroutineWorkflow)
	w.RegisterWorkflow(SessionWorkflow)
	w.RegisterWorkflow(SharedWorkflow)
	w.RegisterWorkflow(OpenWorkflow)
}
