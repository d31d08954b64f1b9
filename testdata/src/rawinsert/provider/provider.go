// Package provider abstracts from two engines: inside of it nothing is known, its callers are judged.
package provider

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Engine runs activities on Temporal, or at once.
type Engine interface {
	ExecuteActivity(out any, ctx any, fn any, args ...any) error
}

// Temporal is one engine.
type Temporal struct{}

// ExecuteActivity passes on what it is given.
func (Temporal) ExecuteActivity(out any, ctx any, fn any, args ...any) error {
	wctx, ok := ctx.(workflow.Context)
	if !ok {
		return errors.New("no workflow context")
	}
	wctx = workflow.WithActivityOptions(wctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(wctx, fn, args...).Get(wctx, out)
}

// Direct is the other.
type Direct struct{}

// ExecuteActivity calls the function if it is one it knows.
func (Direct) ExecuteActivity(_ any, ctx any, fn any, args ...any) error {
	if f, ok := fn.(func(context.Context, string) error); ok && len(args) == 1 {
		return f(ctx.(context.Context), args[0].(string))
	}
	return errors.New("unknown function")
}
