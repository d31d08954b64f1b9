// Package constructed gets its workers from constructors.
package constructed

import (
	"context"

	"example.com/corpus/workersplit/constructed/make"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Flow(ctx workflow.Context) error { return nil }

func Act(ctx context.Context) error { return nil }

func newWorker(c client.Client) worker.Worker { return worker.New(c, "shows", worker.Options{}) }

func Constructor(c client.Client) {
	w := newWorker(c)
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act) // want `this worker runs activities besides workflows`
}

func OtherPackage(c client.Client) error {
	w, err := make.Worker(c, "shows")
	if err != nil {
		return err
	}
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act) // want `this worker runs activities besides workflows`
	return w.Start()
}

func Split(c client.Client) {
	w := make.ActivityWorker(c, "shows")
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act)
}

// OtherOptions has options that this package cannot read.
func OtherOptions(c client.Client) {
	w := worker.New(c, "shows", make.ActivityOptions())
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act)
}

type runner struct{ w worker.Worker }

func newRunner(c client.Client, queue string) *runner {
	return &runner{w: worker.New(c, queue, worker.Options{})}
}

// Two has a worker for each kind, in the same field of two values.
func Two(c client.Client) {
	flows := newRunner(c, "flows")
	flows.w.RegisterWorkflow(Flow)
	acts := newRunner(c, "acts")
	acts.w.RegisterActivity(Act)
}

// Queues makes a worker for each turn, and registers one kind on it.
func Queues(c client.Client, queues []string) {
	for _, queue := range queues {
		w := worker.New(c, queue, worker.Options{})
		if queue == "flows" {
			w.RegisterWorkflow(Flow)
			continue
		}
		w.RegisterActivity(Act)
	}
}

// Flag registers one kind or the other.
func Flag(c client.Client, flows bool) {
	w := worker.New(c, "shows", worker.Options{})
	if flows {
		w.RegisterWorkflow(Flow)
	}
	if !flows {
		w.RegisterActivity(Act)
	}
}

// Again keeps two workers in one variable.
func Again(c client.Client) {
	w := worker.New(c, "flows", worker.Options{})
	w.RegisterWorkflow(Flow)
	_ = w.Start()
	w = worker.New(c, "acts", worker.Options{})
	w.RegisterActivity(Act)
	_ = w.Start()
}
