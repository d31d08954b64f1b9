package fix

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

func Other(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}) // want `without a RetryPolicy`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}
