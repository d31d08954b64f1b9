// Package retry is the guide's example of custom retries.
package retry

import (
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

func SampleWorkflow(ctx workflow.Context, storiesID int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy: retry.With(func(p *temporal.RetryPolicy) {
			p.InitialInterval = time.Minute        // wait before trying again
			p.MaximumInterval = 7 * 24 * time.Hour // hope for the server to resurrect in a week
			p.MaximumAttempts = 50                 // and not forever
		}),
	})
	return workflow.ExecuteActivity(ctx, "AnotherSampleActivity", storiesID).Get(ctx, nil)
}
