// Package flows uses them.
package flows

import (
	"time"

	"example.com/corpus/retrypolicy/shared/opts"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

func Variable(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, opts.Short) // want `without a RetryPolicy: .* \(at opts.go:11\)`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Function(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, opts.Long()) // want `without a RetryPolicy: .* \(at opts.go:16\)`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Local(ctx workflow.Context) error {
	o := opts.Long() // want `without a RetryPolicy: .* \(at opts.go:16\)`
	o.HeartbeatTimeout = time.Second
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, o), "Charge").Get(ctx, nil)
}

func Completed(ctx workflow.Context) error {
	o := opts.Long()
	o.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: 3}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, o), "Charge").Get(ctx, nil)
}

func Applied(ctx workflow.Context) error {
	ctx = opts.Apply(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Good(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(opts.Context(ctx), opts.Patient)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Longer(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, opts.Longer()) // want `without a RetryPolicy: .* \(at opts.go:16\)`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func NoTimeout(ctx workflow.Context) error {
	o := workflow.ActivityOptions{StartToCloseTimeout: time.Minute, ScheduleToCloseTimeout: 0} // want `without a RetryPolicy`
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, o), "Charge").Get(ctx, nil)
}

func PolicyByHelper(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	ctx = opts.WithRetries(ctx)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func PolicyInCoroutine(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.Go(ctx, func(ctx workflow.Context) {
		ctx = workflow.WithRetryPolicy(ctx, temporal.RetryPolicy{MaximumAttempts: 3})
		_ = workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
	})
	return nil
}
