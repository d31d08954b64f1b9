// Package flows has workflows that another package registers.
package flows

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"
)

func Pack(ctx context.Context, id string) error { return nil }

// Its context has no options: known where it is registered.
func PackWorkflow(ctx workflow.Context, id string) error {
	return workflow.ExecuteActivity(ctx, Pack, id).Get(ctx, nil)
}

func ChildWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{})
	return do(ctx, Pack, id)
}

func do(ctx workflow.Context, activity any, args ...any) error {
	return workflow.ExecuteActivity(ctx, activity, args...).Get(ctx, nil)
}

func AcceptedWorkflow(ctx workflow.Context, id string) error {
	//mcwflint:ignore activityoptions -- an interceptor gives them
	return workflow.ExecuteActivity(ctx, Pack, id).Get(ctx, nil)
}

func FineWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return Step(ctx, id)
}

// Step is no workflow: its callers' contexts have options.
func Step(ctx workflow.Context, id string) error { return do(ctx, Pack, id) }
