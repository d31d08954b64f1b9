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
	return workflow.ExecuteChildWorkflow(ctx, ShipWorkflow).Get(ctx, nil)
}

func ShipWorkflow(ctx workflow.Context) error { return nil }
