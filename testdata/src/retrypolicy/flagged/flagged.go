// Package flagged has activity options without a retry policy.
package flagged

import (
	"context"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

func Literal(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{ // want `^activity options without a RetryPolicy: a failing activity is retried forever; set one, or a ScheduleToCloseTimeout$`
		StartToCloseTimeout: time.Minute,
	})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Nil(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: nil}) // want `without a RetryPolicy`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Variable(ctx workflow.Context) error {
	options := workflow.ActivityOptions{ // want `without a RetryPolicy`
		StartToCloseTimeout: time.Minute,
	}
	options.HeartbeatTimeout = time.Second
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Filled(ctx workflow.Context) error {
	var options workflow.ActivityOptions // want `without a RetryPolicy`
	options.StartToCloseTimeout = time.Minute
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

var shared = workflow.ActivityOptions{StartToCloseTimeout: time.Minute} // want `without a RetryPolicy`

func PackageVariable(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, shared)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func defaults() workflow.ActivityOptions {
	return workflow.ActivityOptions{StartToCloseTimeout: time.Minute} // want `without a RetryPolicy`
}

func Returned(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, defaults())
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

// withDefaults returns the context: what callers do with it changes no policy.
func withDefaults(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
}

func Wrapped(ctx workflow.Context) error {
	ctx, cancel := workflow.WithCancel(withDefaults(ctx))
	defer cancel()
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

// given makes its parameter a context's options.
func given(ctx workflow.Context, o workflow.ActivityOptions) error {
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, o), "Charge").Get(ctx, nil)
}

func givenBelow(ctx workflow.Context, o workflow.ActivityOptions) error { return given(ctx, o) }

func Given(ctx workflow.Context) error {
	if err := given(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}); err != nil { // want `without a RetryPolicy`
		return err
	}
	return givenBelow(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour}) // want `without a RetryPolicy`
}

// The policy that the context had is replaced by none.
func Overwritten(ctx workflow.Context) error {
	ctx = workflow.WithRetryPolicy(ctx, policy)
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Session(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
	ctx, err := workflow.CreateSession(ctx, &workflow.SessionOptions{CreationTimeout: time.Minute, ExecutionTimeout: time.Hour})
	if err != nil {
		return err
	}
	defer workflow.CompleteSession(ctx)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Coroutine(ctx workflow.Context) error {
	workflow.Go(ctx, func(ctx workflow.Context) {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
		_ = workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
	})
	return nil
}

// Standalone is an activity without a workflow.
func Standalone(ctx context.Context, c client.Client) error {
	_, err := c.ExecuteActivity(ctx, client.StartActivityOptions{ID: "charge", TaskQueue: "shows", StartToCloseTimeout: time.Minute}, "Charge") // want `without a RetryPolicy`
	return err
}
