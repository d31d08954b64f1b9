// Package retrypolicy retries forever.
package retrypolicy

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

func SampleWorkflow(ctx workflow.Context, storiesID int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, "SampleActivity", storiesID).Get(ctx, nil)
}
