package options // want package:`\) }$`

// What the domain of that name says of functions.

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

func Bare() workflow.ActivityOptions { // want Bare:`^options {{options.go:13 false} \[\] false}$`
	return workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
}

func Bounded() workflow.ActivityOptions { // want Bounded:`^options {{options.go:17 true} \[\] false}$`
	return workflow.ActivityOptions{ScheduleToCloseTimeout: time.Minute}
}

func With(ctx workflow.Context, o workflow.ActivityOptions) workflow.Context { // want With:`^options {{ false} \[1\] false}$`
	return workflow.WithActivityOptions(ctx, o)
}

func WithPolicy(ctx workflow.Context) workflow.Context { // want WithPolicy:`^options {{ false} \[\] true}$`
	return workflow.WithRetryPolicy(ctx, temporal.RetryPolicy{MaximumAttempts: 3})
}
