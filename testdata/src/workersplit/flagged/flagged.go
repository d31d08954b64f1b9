// Package flagged has workers that run both.
package flagged

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Flow(ctx workflow.Context) error { return nil }

func Act(ctx context.Context) error { return nil }

type Activities struct{}

func (Activities) Load(ctx context.Context) error { return nil }

func Local(c client.Client) {
	w := worker.New(c, "q", worker.Options{MaxConcurrentActivityExecutionSize: 8})
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act) // want `^this worker runs activities besides workflows \(RegisterWorkflow at flagged.go:23\): what one does to the process is done to both; give each a process of its own$`
	w.RegisterActivity(&Activities{})
}

func ActivitiesFirst(c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	w.RegisterActivity(Act)
	w.RegisterWorkflow(Flow) // want `this worker runs workflows besides activities \(RegisterActivity at flagged.go:30\)`
}

func ExplicitlyFalse(c client.Client) {
	w := worker.New(c, "q", worker.Options{DisableWorkflowWorker: false})
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act) // want `runs activities besides workflows`
}

type server struct {
	worker  worker.Worker
	options worker.Options
}

func (s *server) start(c client.Client) {
	s.worker = worker.New(c, "q", s.options)
	s.registerWorkflows()
	s.worker.RegisterActivity(Act)
}

func (s *server) registerWorkflows() {
	s.worker.RegisterWorkflow(Flow) // want `runs workflows besides activities \(RegisterActivity at flagged.go:48\)`
}

type definition struct {
	name string
	fn   any
}

func Loops(c client.Client, options worker.Options, flows, acts []definition) {
	w := worker.New(c, "q", options)
	for _, f := range flows {
		w.RegisterWorkflowWithOptions(f.fn, workflow.RegisterOptions{Name: f.name})
	}
	for _, a := range acts {
		w.RegisterActivityWithOptions(a.fn, activity.RegisterOptions{Name: a.name}) // want `runs activities besides workflows \(RegisterWorkflowWithOptions at flagged.go:63\)`
	}
}

func workflows(r worker.Registry) { r.RegisterWorkflow(Flow) }

func activities(r worker.ActivityRegistry) { r.RegisterActivity(Act) }

func Helpers(c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	workflows(w)
	activities(w) // want `runs activities besides workflows \(RegisterWorkflow at flagged.go:70\)`
}

// Both of a condition's branches and more.
func AfterBranch(c client.Client, cron bool) {
	w := worker.New(c, "q", worker.Options{})
	if cron {
		w.RegisterWorkflow(Flow)
	}
	w.RegisterActivity(Act) // want `runs activities besides workflows`
}

func newWorker(c client.Client) worker.Worker {
	w := worker.New(c, "q", worker.Options{})
	w.RegisterWorkflow(Flow)
	return w
}

func Returned(c client.Client) {
	w := newWorker(c)
	w.RegisterActivity(Act) // want `runs activities besides workflows \(RegisterWorkflow at flagged.go:91\)`
}
