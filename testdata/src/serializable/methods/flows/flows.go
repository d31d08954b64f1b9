// Package flows executes some of the activities.
package flows

import (
	"time"

	"example.com/corpus/serializable/methods/acts"
	"go.temporal.io/sdk/workflow"
)

// PageWorkflow executes activities.
func PageWorkflow(ctx workflow.Context) error {
	var a *acts.Activities
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteLocalActivity(ctx, a.Index, acts.Page{}).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, a.Delete, acts.Page{}).Get(ctx, nil) // want `parameter page of Delete: acts\.Page\.Next is a func: the data converter cannot encode it`
}
