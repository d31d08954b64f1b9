// Package undo has the clean-up of package workflowcontext.
package undo

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Release is an activity.
func Release(ctx context.Context) error { return nil }

// All starts an activity on the context that it is given, two calls down.
func All(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return one(ctx)
}

func one(ctx workflow.Context) error { return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) }

// Safely starts it on one of its own.
func Safely(ctx workflow.Context) error {
	ctx, cancel := workflow.NewDisconnectedContext(ctx)
	defer cancel()
	return All(ctx)
}

// Note starts nothing.
func Note(ctx workflow.Context) { workflow.GetLogger(ctx).Info("ended") }

// Kind starts something generic.
func Kind[T any](ctx workflow.Context, v T) error {
	return workflow.ExecuteChildWorkflow(ctx, "undo", v).Get(ctx, nil)
}

// A Saga has the steps that are to be undone.
type Saga struct {
	steps []func(workflow.Context) error
}

// Compensate undoes them.
func (s *Saga) Compensate(ctx workflow.Context) {
	for range s.steps {
		_ = one(ctx)
	}
}

// WithTimeout gives a context options; it is cancelled with what it is made of.
func WithTimeout(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
}

// Detached is not.
func Detached(ctx workflow.Context) workflow.Context {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
	return WithTimeout(ctx)
}

// Pause waits on its context.
func Pause(ctx workflow.Context) error { return workflow.Sleep(ctx, time.Second) }

// A Stack has what is to be undone.
type Stack struct {
	undo []func(workflow.Context) error
}

// Push adds to it.
func (s *Stack) Push(f func(workflow.Context) error) { s.undo = append(s.undo, f) }

// Undo undoes it, the last first.
func (s *Stack) Undo(ctx workflow.Context) {
	for i := len(s.undo) - 1; i >= 0; i-- {
		_ = s.undo[i](ctx)
	}
}

// UndoSafely does it on a context of its own.
func (s *Stack) UndoSafely(ctx workflow.Context) {
	ctx, cancel := workflow.NewDisconnectedContext(ctx)
	defer cancel()
	s.Undo(ctx)
}
