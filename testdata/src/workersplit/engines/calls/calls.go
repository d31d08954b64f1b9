// Package calls gets its workers from an interface. It sees nothing that is bound to it.
package calls

import (
	"context"

	"example.com/corpus/engines/engine"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Charge is an activity.
func Charge(ctx context.Context, order string) error { return nil }

// Run is a workflow.
func Run(ctx workflow.Context, id string) error { return nil }

// Mixed registers both.
func Mixed(f engine.Factory) {
	w := f.NewWorker("mixed", worker.Options{})
	w.RegisterWorkflow(Run)
	w.RegisterActivity(Charge)
}

// Registry registers both.
func Registry(f engine.Factory) {
	w := f.NewRegistry("registry")
	w.RegisterActivity(Charge)
	w.RegisterWorkflow(Run)
}

// Split has one for each.
func Split(f engine.Factory) {
	w := f.NewWorker("workflows", worker.Options{LocalActivityWorkerOnly: true})
	w.RegisterWorkflow(Run)
	w.RegisterActivity(Charge)
	a := f.NewWorker("activities", worker.Options{})
	a.RegisterActivity(Charge)
}

// Shared registers on what is there.
func Shared(f engine.Factory) {
	w := f.Shared("shared")
	w.RegisterWorkflow(Run)
	w.RegisterActivity(Charge)
}
