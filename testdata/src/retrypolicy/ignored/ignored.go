// Package ignored says why an activity is retried forever.
package ignored

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

func Forever(ctx workflow.Context) error {
	//mcwflint:ignore retrypolicy -- a person looks at this workflow every day
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

//mcwflint:ignore retrypolicy -- nothing here // want `unused directive: retrypolicy reports nothing here`
var _ = workflow.ActivityOptions{}
