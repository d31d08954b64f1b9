// Package clean has workers that run one kind, or are told to.
package clean

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Flow(ctx workflow.Context) error { return nil }

func Act(ctx context.Context) error { return nil }

func Workflows(c client.Client) {
	w := worker.New(c, "q", worker.Options{LocalActivityWorkerOnly: true})
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act) // run locally
}

func Activities(c client.Client) {
	w := worker.New(c, "q", worker.Options{DisableWorkflowWorker: true})
	w.RegisterActivity(Act)
	w.RegisterWorkflow(Flow)
}

func OptionAfterwards(c client.Client) {
	options := worker.Options{}
	options.DisableWorkflowWorker = true
	w := worker.New(c, "q", options)
	w.RegisterActivity(Act)
	w.RegisterWorkflow(Flow)
}

func OneKind(c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	w.RegisterWorkflow(Flow)
	w.RegisterWorkflowWithOptions(Flow, workflow.RegisterOptions{Name: "again"})
}

func TwoWorkers(c client.Client) {
	flows, acts := worker.New(c, "q", worker.Options{}), worker.New(c, "q", worker.Options{})
	flows.RegisterWorkflow(Flow)
	acts.RegisterActivity(Act)
}

func Branches(c client.Client, kind string) {
	w := worker.New(c, "q", worker.Options{})
	switch kind {
	case "workflows":
		w.RegisterWorkflow(Flow)
	default:
		w.RegisterActivity(Act)
	}
}

func EarlyReturn(c client.Client, kind string) {
	w := worker.New(c, "q", worker.Options{})
	if kind == "workflows" {
		w.RegisterWorkflow(Flow)
		return
	}
	w.RegisterActivity(Act)
}

// The caller decides, and this package knows how.
func Given(c client.Client, options worker.Options) {
	w := worker.New(c, "q", options)
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act)
}

// Both registers both, on what it is given.
func Both(r worker.Registry) {
	r.RegisterWorkflow(Flow)
	r.RegisterActivity(Act)
}

// registry is the program's own.
type registry struct{}

func (registry) RegisterWorkflow(any) {}
func (registry) RegisterActivity(any) {}

func Own() {
	w := registry{}
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act)
}
