// Package flow executes them.
package flow

import (
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/clientreuse/localactivity/steps"
)

// Flow has the client that it gives to its local activities.
type Flow struct{ Client client.Client }

// SignalWorkflow executes both.
func (f *Flow) SignalWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Second})
	if err := workflow.ExecuteLocalActivity(ctx, steps.SignalWith, f.Client, id).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteLocalActivity(ctx, steps.Signal, id).Get(ctx, nil) // want `client.Dial.*Signal.*Open`
}
