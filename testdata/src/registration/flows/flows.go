// Package flows has workflows, whose activities a main registers.
package flows

import (
	"example.com/corpus/registration/acts"
	"go.temporal.io/sdk/workflow"
)

func OrderWorkflow(ctx workflow.Context) error {
	_ = workflow.ExecuteActivity(ctx, acts.Charge).Get(ctx, nil)
	_ = workflow.ExecuteActivity(ctx, "Qiuck", 1).Get(ctx, nil)
	_ = workflow.ExecuteActivity(ctx, "quick-alias", 1).Get(ctx, nil)
	_ = workflow.ExecuteActivity(ctx, acts.Forgot).Get(ctx, nil)
	_ = workflow.ExecuteChildWorkflow(ctx, "Elsewhere").Get(ctx, nil)
	_ = workflow.ExecuteActivity(ctx, acts.Foreign).Get(ctx, nil)            //mcwflint:ignore registration -- the other team's worker has it
	_ = workflow.ExecuteChildWorkflow(ctx, "Foreign workflow").Get(ctx, nil) //mcwflint:ignore registration -- the other team's worker has it
	_ = workflow.Sleep(ctx, 1)
	return workflow.ExecuteChildWorkflow(ctx, ShipWorkflow).Get(ctx, nil)
}

func ShipWorkflow(ctx workflow.Context) error { return nil }
