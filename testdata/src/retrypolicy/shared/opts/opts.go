// Package opts has the options that all workflows share.
package opts

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

var Short = workflow.ActivityOptions{StartToCloseTimeout: time.Minute}

var Patient = workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 10}}

func Long() workflow.ActivityOptions {
	return workflow.ActivityOptions{StartToCloseTimeout: time.Hour}
}

// Apply makes its parameter a context's options.
func Apply(ctx workflow.Context, o workflow.ActivityOptions) workflow.Context {
	return workflow.WithActivityOptions(ctx, o)
}

// Context is reported here, where the options are.
func Context(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour}) // want `without a RetryPolicy`
}

// Longer begins with other options.
func Longer() workflow.ActivityOptions {
	o := Long()
	o.StartToCloseTimeout = 2 * time.Hour
	return o
}

// WithRetries sets the policy of whatever options the context has.
func WithRetries(ctx workflow.Context) workflow.Context {
	return workflow.WithRetryPolicy(ctx, temporal.RetryPolicy{MaximumAttempts: 3})
}
