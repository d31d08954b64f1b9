package workflowcontext

import (
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/workflowcontext/undo"
)

func rollback(ctx workflow.Context, list []func(workflow.Context) error) {
	for _, f := range list {
		if err := f(ctx); err != nil {
			workflow.GetLogger(ctx).Error("rollback", "error", err)
		}
	}
}

// StackWorkflow undoes what it has done in a helper, on its own context.
func StackWorkflow(ctx workflow.Context) (err error) {
	var stack undo.Stack
	var list []func(workflow.Context) error
	defer func() {
		if err != nil {
			stack.Undo(ctx)     // want `stack.Undo in a deferred function runs on ctx`
			rollback(ctx, list) // want `rollback in a deferred function runs on ctx`
		}
	}()
	defer stack.Undo(ctx) // want `stack.Undo in a deferred function runs on ctx`
	stack.Push(undo.All)
	list = append(list, undo.All)
	return undo.All(ctx)
}

// SafeStackWorkflow undoes it on another.
func SafeStackWorkflow(ctx workflow.Context) (err error) {
	var stack undo.Stack
	defer func() {
		if err != nil {
			stack.UndoSafely(ctx)
			detached, cancel := workflow.NewDisconnectedContext(ctx)
			defer cancel()
			stack.Undo(detached)
		}
	}()
	stack.Push(undo.All)
	return undo.All(ctx)
}
