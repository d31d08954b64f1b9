// Package inworkflows makes a client in workflow code, where it is made again at each replay.
package inworkflows

import (
	"context"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// NotifyWorkflow dials in a helper.
func NotifyWorkflow(ctx workflow.Context, id string) error {
	if err := workflow.Sleep(ctx, time.Minute); err != nil {
		return err
	}
	return signal(id)
}

func signal(id string) error {
	c, err := client.Dial(client.Options{}) // want `client.Dial.*NotifyWorkflow.*signal`
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(context.Background(), id, "", "notify", nil)
}

// SideEffectWorkflow dials in a side effect.
func SideEffectWorkflow(ctx workflow.Context, id string) (known bool, err error) {
	err = workflow.SideEffect(ctx, func(workflow.Context) any {
		c, err := client.NewLazyClient(client.Options{}) // want `NewLazyClient.*SideEffectWorkflow`
		if err != nil {
			return false
		}
		defer c.Close()
		_, err = c.DescribeWorkflowExecution(context.Background(), id, "")
		return err == nil
	}).Get(&known)
	return known, err
}

// WaitWorkflow signals as workflows do.
func WaitWorkflow(ctx workflow.Context, id string) error {
	return workflow.SignalExternalWorkflow(ctx, id, "", "notify", nil).Get(ctx, nil)
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterWorkflow(NotifyWorkflow)
	w.RegisterWorkflow(SideEffectWorkflow)
	w.RegisterWorkflow(WaitWorkflow)
}
