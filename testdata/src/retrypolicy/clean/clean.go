// Package clean has options whose attempts end, or of which too little is known.
package clean

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

func Policy(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 10},
	})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

// All attempts together end with the timeout.
func Bounded(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{ScheduleToCloseTimeout: time.Hour})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

// A local activity's ScheduleToCloseTimeout is its StartToCloseTimeout.
func Local(ctx workflow.Context) error {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second})
	return workflow.ExecuteLocalActivity(ctx, "Charge").Get(ctx, nil)
}

func FieldAfterwards(ctx workflow.Context, attempts int32) error {
	options := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
	if attempts > 0 {
		options.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: attempts}
	}
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func FieldBefore(ctx workflow.Context, wait time.Duration) error {
	options := workflow.ActivityOptions{
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval:        time.Second,
			BackoffCoefficient:     2,
			MaximumInterval:        100 * time.Second,
			NonRetryableErrorTypes: []string{},
		},
	}
	if wait != 0 {
		options.StartToCloseTimeout = wait
	}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), "Charge").Get(ctx, nil)
}

func complete(o *workflow.ActivityOptions) { o.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: 3} }

func Completed(ctx workflow.Context) error {
	options := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
	complete(&options)
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func PolicyLater(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	ctx = workflow.WithRetryPolicy(ctx, temporal.RetryPolicy{MaximumAttempts: 3})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func PolicyAround(ctx workflow.Context) error {
	ctx = workflow.WithScheduleToCloseTimeout(workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}), time.Hour)
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

type flow struct{ options workflow.ActivityOptions }

// What a field holds is not followed.
func (f flow) Field(ctx workflow.Context) error {
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, f.options), "Charge").Get(ctx, nil)
}

func fromConfig(attempts int32) *temporal.RetryPolicy {
	if attempts == 0 {
		return nil
	}
	return &temporal.RetryPolicy{MaximumAttempts: attempts}
}

// The call may return nil, and usually does not.
func Call(ctx workflow.Context, attempts int32) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: fromConfig(attempts)})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

// Nobody knows what the caller's context has.
func Unknown(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

var changed = workflow.ActivityOptions{StartToCloseTimeout: time.Minute}

func init() { changed.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: 3} }

func Changed(ctx workflow.Context) error {
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, changed), "Charge").Get(ctx, nil)
}

// ActivityOptions is the program's own.
type ActivityOptions struct{ StartToCloseTimeout time.Duration }

func own(ctx workflow.Context, o ActivityOptions) {}

func Own(ctx workflow.Context) error {
	own(ctx, ActivityOptions{StartToCloseTimeout: time.Minute})
	return nil
}

// FilledLater sets the policy on a variable that began empty.
func FilledLater(ctx workflow.Context, attempts int32) error {
	var options workflow.ActivityOptions
	options.StartToCloseTimeout = time.Minute
	options.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: attempts}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), "Charge").Get(ctx, nil)
}

// FilledElsewhere lets another function fill it.
func FilledElsewhere(ctx workflow.Context) error {
	var options workflow.ActivityOptions
	complete(&options)
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), "Charge").Get(ctx, nil)
}
