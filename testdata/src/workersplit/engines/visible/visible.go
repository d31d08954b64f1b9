// Package visible gets its workers from an interface whose implementation it sees.
package visible

import (
	"context"

	"example.com/corpus/engines/engine"
	"example.com/corpus/engines/standin"
	"example.com/corpus/engines/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Factory is one of two: one of them makes workers.
func Factory(dry bool) engine.Factory {
	if dry {
		return standin.Workers{}
	}
	return &temporal.Workers{}
}

// Charge is an activity.
func Charge(ctx context.Context, order string) error { return nil }

// Run is a workflow.
func Run(ctx workflow.Context, id string) error { return nil }

// Mixed registers both.
func Mixed(f engine.Factory) {
	w := f.NewWorker("mixed", worker.Options{})
	w.RegisterWorkflow(Run)
	w.RegisterActivity(Charge) // want `this worker runs activities besides workflows \(RegisterWorkflow at visible.go:31\)`
}
