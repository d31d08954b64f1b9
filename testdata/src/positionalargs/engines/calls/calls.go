// Package calls executes through an interface. It sees nothing that is bound to it.
package calls

import (
	"context"
	"time"

	"example.com/corpus/engines/engine"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

var options = workflow.ActivityOptions{StartToCloseTimeout: time.Minute}

// Charge is an activity.
func Charge(ctx context.Context, order string, cents int) error { return nil }

// Order is a workflow.
type Order struct{ Provider engine.Provider }

// Run is judged where the provider is known.
func (o *Order) Run(ctx workflow.Context, id string) error {
	if err := o.Provider.ExecuteActivity(nil, ctx, options, Charge, id); err != nil {
		return err
	}
	if err := o.Provider.ExecuteActivity(nil, ctx, options, Charge, 3, id); err != nil {
		return err
	}
	if err := o.Provider.Describe(options, Charge, id); err != nil {
		return err
	}
	all := []any{id}
	if err := o.Provider.ExecuteActivity(nil, ctx, options, Charge, all...); err != nil {
		return err
	}
	//mcwflint:ignore positionalargs -- the rest is zero on purpose
	if err := o.Provider.ExecuteActivity(nil, ctx, options, Charge, id); err != nil {
		return err
	}
	return o.Provider.ExecuteActivity(nil, ctx, options, Charge, id, 3)
}

// Start starts it.
func Start(ctx context.Context, p engine.Provider, o *Order) error {
	return p.Start(ctx, client.StartWorkflowOptions{ID: "1"}, o.Run)
}
