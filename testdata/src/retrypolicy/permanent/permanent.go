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
