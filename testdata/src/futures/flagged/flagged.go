// Package flagged drops futures and errors; the second half looks like it.
package flagged

import (
	"context"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/workflow"
)

func Charge(ctx context.Context) error { return nil }

func ChildWorkflow(ctx workflow.Context) error { return nil }

func DropWorkflow(ctx workflow.Context) error {
	workflow.ExecuteActivity(ctx, Charge)               // want `the future of workflow\.ExecuteActivity is dropped`
	workflow.ExecuteLocalActivity(ctx, Charge)          // want `the future of workflow\.ExecuteLocalActivity is dropped`
	workflow.ExecuteChildWorkflow(ctx, ChildWorkflow)   // want `the future of workflow\.ExecuteChildWorkflow is dropped`
	workflow.ExecuteActivity(ctx, Charge).Get(ctx, nil) // want `the error of Future\.Get is dropped: what failed looks as if it had succeeded`
	f := workflow.ExecuteActivity(ctx, Charge)
	f.Get(ctx, nil)       // want `the error of Future\.Get is dropped`
	defer f.Get(ctx, nil) // want `the error of Future\.Get is dropped`
	child := workflow.ExecuteChildWorkflow(ctx, ChildWorkflow)
	child.Get(ctx, nil)                             // want `the error of Future\.Get is dropped`
	child.GetChildWorkflowExecution().Get(ctx, nil) // want `the error of Future\.Get is dropped`
	var n int
	workflow.SideEffect(ctx, func(workflow.Context) any { return 1 }).Get(&n) // want `the error of EncodedValue\.Get is dropped`
	return nil
}

func AbandonWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{ParentClosePolicy: enumspb.PARENT_CLOSE_POLICY_ABANDON})
	workflow.ExecuteChildWorkflow(ctx, ChildWorkflow)         // want `nothing waits for the start of this child workflow`
	_ = workflow.ExecuteChildWorkflow(ctx, ChildWorkflow)     // want `nothing waits for the start of this child workflow`
	lost := workflow.ExecuteChildWorkflow(ctx, ChildWorkflow) // want `nothing waits for the start of this child workflow`
	_ = lost
	started := workflow.ExecuteChildWorkflow(ctx, ChildWorkflow)
	return started.GetChildWorkflowExecution().Get(ctx, nil)
}

// What is meant, read, selected or handed on.
func CleanWorkflow(ctx workflow.Context) error {
	_ = workflow.ExecuteActivity(ctx, Charge)
	_ = workflow.ExecuteActivity(ctx, Charge).Get(ctx, nil)
	var futures []workflow.Future
	futures = append(futures, workflow.ExecuteActivity(ctx, Charge))
	s := workflow.NewSelector(ctx)
	s.AddFuture(workflow.ExecuteActivity(ctx, Charge), func(f workflow.Future) { _ = f.Get(ctx, nil) })
	s.Select(ctx)
	if err := wait(ctx, workflow.ExecuteActivity(ctx, Charge)); err != nil {
		return err
	}
	cache := map[string]getter{}
	cache["x"].Get(ctx, nil)
	child := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{ParentClosePolicy: enumspb.PARENT_CLOSE_POLICY_TERMINATE})
	_ = workflow.ExecuteChildWorkflow(child, ChildWorkflow)
	return futures[0].Get(ctx, nil)
}

func wait(ctx workflow.Context, f workflow.Future) error { return f.Get(ctx, nil) }

// getter has a Get of its own.
type getter struct{}

func (getter) Get(ctx workflow.Context, v any) error { return nil }
