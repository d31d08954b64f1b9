package messages

import (
	"context"

	"go.temporal.io/sdk/workflow"
)

func Charge(ctx context.Context, order string) (*Decision, error) { return nil, nil }

func ContextWorkflow(ctx workflow.Context) error {
	if err := workflow.ExecuteActivity(ctx, Charge, ctx, "o").Get(ctx, nil); err != nil { // want `ctx is a context: it cannot be sent, and the target is given one of its own; leave it out`
		return err
	}
	if err := workflow.ExecuteActivity(ctx, "Elsewhere", context.Background()).Get(ctx, nil); err != nil { // want `context\.Background\(\) is a context`
		return err
	}
	var d *Decision
	if err := workflow.ExecuteActivity(ctx, Charge, "o").Get(ctx, d); err != nil { // want `d is a nil pointer: Get has nowhere to put the result`
		return err
	}
	var good *Decision
	if err := workflow.ExecuteActivity(ctx, Charge, "o").Get(ctx, &good); err != nil {
		return err
	}
	made := new(Decision)
	var later *Decision
	later = made
	if err := workflow.ExecuteActivity(ctx, Charge, "o").Get(ctx, later); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, Charge, "o").Get(ctx, made)
}
