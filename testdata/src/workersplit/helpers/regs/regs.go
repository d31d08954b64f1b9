// Package regs registers on workers that it is given.
package regs

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Flow(ctx workflow.Context) error { return nil }

func Act(ctx context.Context) error { return nil }

// Registrar is what a program needs of a worker.
type Registrar interface {
	RegisterWorkflow(w any)
	RegisterActivity(a any)
}

func Workflows(r Registrar) { r.RegisterWorkflow(Flow) }

func Activities(r Registrar) { more(r) }

func more(r Registrar) { r.RegisterActivity(Act) }

func Both(r Registrar) {
	Workflows(r)
	Activities(r)
}

func NewActivityWorker(c client.Client) worker.Worker {
	w := worker.New(c, "q", worker.Options{})
	Activities(w)
	return w
}

func NewSplit(c client.Client) worker.Worker {
	w := worker.New(c, "q", worker.Options{DisableWorkflowWorker: true})
	Activities(w)
	return w
}
