// Package memberflow executes by name; it does not import the activities, so it cannot know them.
package memberflow

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"example.com/corpus/rawinsert/executenamed/names"
)

// SwapWorkflow removes one member and adds another.
func SwapWorkflow(ctx workflow.Context, out, in string) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, names.RemoveMember, out).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, names.AddMember, in).Get(ctx, nil)
}
