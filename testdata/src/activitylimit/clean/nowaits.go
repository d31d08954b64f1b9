package clean

import (
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Misregistered is no workflow: the SDK refuses it as an activity.
func Misregistered(ctx workflow.Context, ids []string) error {
	for _, id := range ids {
		if err := workflow.ExecuteActivity(ctx, Load, id).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// SpinsWorkflow never waits in its loop: the SDK's deadlock detector ends the task.
func SpinsWorkflow(ctx workflow.Context) error {
	workflow.Go(ctx, func(ctx workflow.Context) {
		for {
			_ = workflow.ExecuteActivity(ctx, Load)
		}
	})
	return nil
}

func RegisterNoWaits(w worker.Worker) {
	w.RegisterActivity(Misregistered)
	w.RegisterWorkflow(SpinsWorkflow)
}
