// Package workflows executes methods of a value that holds nothing.
package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"example.com/corpus/dbconnect/executed/steps"
)

var s steps.Steps

// VerifyWorkflow makes Verify and Probe activities.
func VerifyWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, s.Probe).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, s.Verify).Get(ctx, nil) // want `Fatal.*Verify.*Must`
}
