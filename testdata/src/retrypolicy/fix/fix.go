// Package fix imports the sanctioned policy, and does not use it everywhere.
package fix

import (
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/workflow"
)

func Good(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: retry.DefaultPolicy()})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Lines(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{ // want `without a RetryPolicy`
		StartToCloseTimeout: time.Minute,
		HeartbeatTimeout:    time.Second,
	})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func OneLine(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Nil(ctx workflow.Context) error {
	options := workflow.ActivityOptions{RetryPolicy: nil, StartToCloseTimeout: time.Minute} // want `without a RetryPolicy`
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), "Charge").Get(ctx, nil)
}

func Comment(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{ // want `without a RetryPolicy`
		StartToCloseTimeout: time.Minute, // enough for one page
	})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func Empty(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{ // want `without a RetryPolicy`
		// The timeouts are the server's.
	})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

// Shadowed has another retry, so there is no fix.
func Shadowed(ctx workflow.Context, retry int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
	return workflow.ExecuteActivity(ctx, "Charge", retry).Get(ctx, nil)
}
