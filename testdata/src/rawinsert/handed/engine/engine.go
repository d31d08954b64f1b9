// Package engine registers lists of functions that depend on the queue.
package engine

import (
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/rawinsert/handed/tasks"
	"example.com/corpus/rawinsert/handed/temporalsvc"
)

type config struct {
	queue      string
	activities []any
}

func buildConfig(queue string, t *tasks.Tasks, extra ...any) *config {
	c := &config{queue: queue}
	switch queue {
	case "index":
		c.activities = []any{t.Index}
	case "notify":
		c.activities = append(c.activities, extra...)
	}
	return c
}

// Engine starts what a queue needs.
type Engine struct {
	svc temporalsvc.Service
}

// New makes one.
func New(svc temporalsvc.Service) *Engine { return &Engine{svc: svc} }

// Start registers.
func (e *Engine) Start(queue string, t *tasks.Tasks) {
	config := buildConfig(queue, t, t.Notify)
	for _, f := range config.activities {
		e.svc.RegisterActivity(config.queue, f) // want `INSERT into indexed without.*Tasks.Index` `INSERT into notes without.*Tasks.Notify`
	}
	e.svc.RegisterWorkflow(queue, e.Flow)
	e.svc.OnFailure(t.Report)
}

// Flow executes through the interface.
func (e *Engine) Flow(ctx workflow.Context, name string) error {
	var t *tasks.Tasks
	return e.svc.ExecuteActivity(nil, ctx, t.Executed, name) // want `INSERT into executed without.*Tasks.Executed`
}
