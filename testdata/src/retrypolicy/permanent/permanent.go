// Package permanent has policies that retry what is permanent.
package permanent

import (
	"time"

	"example.com/corpus/retrypolicy/permanent/activities"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

func Flow(ctx workflow.Context, types []string) error {
	for _, o := range []workflow.ActivityOptions{
		{StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 10}},                                           // want `^retry policy without "McPermanentError" in NonRetryableErrorTypes: what is permanent is retried$`
		{StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{NonRetryableErrorTypes: []string{"Other"}}},                     // want `without "McPermanentError"`
		{StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{NonRetryableErrorTypes: []string{"Other", "McPermanentError"}}}, // told
		{StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 1}},                                            // retries nothing
		{StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{NonRetryableErrorTypes: types}},                                 // not known
	} {
		if err := workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, o), activities.Charge).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// A workflow's errors are not an activity's.
var _ = client.StartWorkflowOptions{RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 10}}

// Variable is how Temporal's samples write it.
func Variable(ctx workflow.Context) error {
	policy := &temporal.RetryPolicy{ // want `without "McPermanentError"`
		InitialInterval: time.Second,
		MaximumAttempts: 50,
	}
	options := workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: policy}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), activities.Charge).Get(ctx, nil)
}

var shared = &temporal.RetryPolicy{MaximumAttempts: 5} // want `without "McPermanentError"`

func made() *temporal.RetryPolicy {
	return &temporal.RetryPolicy{MaximumAttempts: 5, NonRetryableErrorTypes: nil} // want `without "McPermanentError"`
}

func Elsewhere(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: shared})
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: made()})
	ctx = workflow.WithRetryPolicy(ctx, temporal.RetryPolicy{MaximumAttempts: 5}) // want `without "McPermanentError"`
	o := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
	o.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: 5} // want `without "McPermanentError"`
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, o), activities.Charge).Get(ctx, nil)
}

// Completed sets the rest of the policy afterwards.
func Completed(ctx workflow.Context, types []string) error {
	policy := temporal.RetryPolicy{MaximumInterval: 500 * time.Millisecond}
	policy.InitialInterval = 100 * time.Millisecond
	policy.NonRetryableErrorTypes = types
	o := workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: &policy}
	ctx = workflow.WithActivityOptions(ctx, o)
	p := workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 5}}
	p.RetryPolicy.NonRetryableErrorTypes = append(p.RetryPolicy.NonRetryableErrorTypes, "McPermanentError")
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, p), activities.Charge).Get(ctx, nil)
}

// Local is tried again by the worker, whatever its policy says.
func Local(ctx workflow.Context) error {
	policy := &temporal.RetryPolicy{BackoffCoefficient: 0.5}
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: policy})
	return workflow.ExecuteLocalActivity(ctx, activities.Charge).Get(ctx, nil)
}
