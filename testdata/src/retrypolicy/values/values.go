// Package values has policies that the server refuses, and some that look like it.
package values

import (
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

const half = 0.5

func Refused(ctx workflow.Context) {
	_ = &temporal.RetryPolicy{BackoffCoefficient: half}                 // want `^the server refuses a retry policy with a BackoffCoefficient under 1: the workflow stands still, its task refused again and again$`
	_ = &temporal.RetryPolicy{BackoffCoefficient: -2}                   // want `a BackoffCoefficient under 1`
	_ = temporal.RetryPolicy{MaximumAttempts: -1}                       // want `a negative MaximumAttempts`
	_ = temporal.RetryPolicy{InitialInterval: -time.Second}             // want `a negative InitialInterval`
	_ = temporal.RetryPolicy{MaximumInterval: -1}                       // want `a negative MaximumInterval`
	_ = temporal.RetryPolicy{MaximumInterval: time.Millisecond}         // want `a MaximumInterval under its InitialInterval`
	_ = client.StartWorkflowOptions{RetryPolicy: &temporal.RetryPolicy{ // the same for workflows
		InitialInterval: time.Minute,
		MaximumInterval: time.Second, // want `a MaximumInterval under its InitialInterval`
	}}
	_ = workflow.ActivityOptions{
		RetryPolicy: &temporal.RetryPolicy{BackoffCoefficient: 0.9}, // want `a BackoffCoefficient under 1`
	}
}

func Legal(wait time.Duration) {
	_ = temporal.RetryPolicy{}
	_ = temporal.RetryPolicy{BackoffCoefficient: 0, InitialInterval: 0, MaximumInterval: 0, MaximumAttempts: 0}
	_ = temporal.RetryPolicy{BackoffCoefficient: 1}
	_ = temporal.RetryPolicy{InitialInterval: time.Second, MaximumInterval: time.Second}
	_ = temporal.RetryPolicy{InitialInterval: wait, MaximumInterval: time.Millisecond}
	_ = temporal.RetryPolicy{InitialInterval: time.Hour}
	_ = temporal.RetryPolicy{MaximumAttempts: 1, BackoffCoefficient: 0.5}
	_ = workflow.LocalActivityOptions{RetryPolicy: &temporal.RetryPolicy{BackoffCoefficient: 0.5}}
}

// RetryPolicy is the program's own.
type RetryPolicy struct{ BackoffCoefficient float64 }

var _ = RetryPolicy{BackoffCoefficient: 0.5}
