// Package steps implements the steps.
package steps

import "go.temporal.io/sdk/workflow"

type Loads struct{}

func (Loads) Run(ctx workflow.Context, names []string) error {
	for {
		if err := workflow.ExecuteActivity(ctx, "Load", "x").Get(ctx, nil); err != nil {
			return err
		}
	}
}

func (Loads) Stop(ctx workflow.Context) error { return nil }

type Restart struct{}

func (Restart) End(ctx workflow.Context) error {
	return workflow.NewContinueAsNewError(ctx, "Restarts")
}
