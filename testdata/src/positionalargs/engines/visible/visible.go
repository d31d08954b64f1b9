// Package visible executes through interfaces whose implementations it sees.
package visible

import (
	"context"
	"time"

	"example.com/corpus/engines/engine"
	"example.com/corpus/engines/standin"
	"example.com/corpus/engines/temporal"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

// New makes one.
func New(c client.Client) *Order { return &Order{temporal.New(c), &reversing{}, standin.New()} }

// Order is a workflow.
type Order struct {
	provider engine.Provider
	reversed reverser
	standin  engine.Provider
}

// Charge is an activity.
func Charge(ctx context.Context, order string, cents int) error { return nil }

// A reverser has its parameters in an order of its own.
type reverser interface {
	Run(args []any, activity any, ctx workflow.Context) error
	RunTwo(second, first, activity any, ctx workflow.Context) error
}

type reversing struct{}

func (*reversing) Run(args []any, activity any, ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, activity, args...).Get(ctx, nil)
}

func (*reversing) RunTwo(second, first, activity any, ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, activity, first, second).Get(ctx, nil)
}

// Run is judged here.
func (o *Order) Run(ctx workflow.Context, id string) error {
	options := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
	if err := o.provider.ExecuteActivity(nil, ctx, options, Charge, id); err != nil { // want `Charge takes 2 arguments after its context and is called with 1`
		return err
	}
	if err := o.reversed.RunTwo(1, id, Charge, ctx); err != nil {
		return err
	}
	if err := o.reversed.RunTwo(id, 1, Charge, ctx); err != nil { // want `argument 1 of Charge is called with a type that JSON cannot carry`
		return err
	}
	return o.reversed.Run([]any{id}, Charge, ctx)
}
