// Package decorated registers workflows in what logs them.
package decorated

import (
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// A Flow is one workflow's function.
type Flow func(workflow.Context, string) error

func logged(f Flow) Flow {
	return func(ctx workflow.Context, id string) error {
		workflow.GetLogger(ctx).Info("started", "id", id)
		return f(ctx, id)
	}
}

func nightly(ctx workflow.Context, id string) error {
	if time.Now().Hour() > 6 { // want `time.Now`
		return nil
	}
	return workflow.Sleep(ctx, time.Hour)
}

func weekly(ctx workflow.Context, id string) error {
	if workflow.Now(ctx).Weekday() != time.Sunday {
		return nil
	}
	return workflow.Sleep(ctx, time.Hour)
}

// Register registers the workflows.
func Register(w worker.Worker) {
	w.RegisterWorkflowWithOptions(logged(nightly), workflow.RegisterOptions{Name: "nightly"})
	w.RegisterWorkflowWithOptions(logged(weekly), workflow.RegisterOptions{Name: "weekly"})
}
