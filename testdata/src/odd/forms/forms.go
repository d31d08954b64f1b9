// Package forms has forms that are legal and that nobody writes: no rule may fall over them.
package forms

import (
	"context"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/odd/engine"
)

// A List has only lists of itself.
type List []List

// A Tree has only trees.
type Tree map[string]Tree

var (
	list List
	tree Tree
)

func clean(ctx context.Context) error { return nil }

// Saved makes each of two variables of the other one.
func Saved(ctx workflow.Context) error {
	saved := ctx
	ctx, cancel := workflow.WithCancel(ctx)
	defer func() { _ = workflow.ExecuteActivity(ctx, clean).Get(ctx, nil) }()
	cancel()
	ctx = saved
	saved = ctx
	if len(list)+len(tree["a"]) > 0 {
		return nil
	}
	return nil
}

// Options are copied back and forth.
func Options(ctx workflow.Context) error {
	var ao workflow.ActivityOptions
	saved := ao
	ao.StartToCloseTimeout = time.Minute
	ao = saved
	ctx = workflow.WithActivityOptions(ctx, ao)
	return workflow.ExecuteActivity(ctx, clean).Get(ctx, nil)
}

// Register calls a method by its expression.
func Register(w worker.Worker) {
	worker.Worker.RegisterActivity(w, clean)
	worker.Worker.RegisterWorkflow(w, Saved)
	w.RegisterWorkflow(Options)
	engine.Setup(w)
}

// A Loop flows into the other one and back.
type Loop struct{ next Stepper }

// A Stepper steps.
type Stepper interface{ Step(n int) Stepper }

// Step goes round.
func (l *Loop) Step(n int) Stepper {
	l.next = (&Loop{next: l.next}).next
	return l.next.Step(n - 1)
}
