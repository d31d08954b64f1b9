// Package bounded is for the setting bounded of retrypolicy.
package bounded

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

func Flow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{ScheduleToCloseTimeout: time.Hour})          // want `^activity options without a RetryPolicy: a failing activity is retried until its timeout, by the default policy$`
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second}) // want `without a RetryPolicy`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}
