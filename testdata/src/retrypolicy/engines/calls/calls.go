// Package calls gives options to an interface. It sees nothing that is bound to it.
package calls

import (
	"context"
	"time"

	"example.com/corpus/engines/engine"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// Charge is an activity.
func Charge(ctx context.Context, order string) error { return nil }

// Order is a workflow.
type Order struct{ Provider engine.Provider }

// Run is judged where the provider is known.
func (o *Order) Run(ctx workflow.Context, id string) error {
	if err := o.Provider.ExecuteActivity(nil, ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}, Charge, id); err != nil {
		return err
	}
	if err := o.Provider.Describe(workflow.ActivityOptions{StartToCloseTimeout: time.Minute}, Charge, id); err != nil {
		return err
	}
	options := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
	ctx = o.Provider.WithOptions(ctx, options)
	changed := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
	changed.RetryPolicy = &temporal.RetryPolicy{MaximumAttempts: 3}
	if err := o.Provider.ExecuteActivity(nil, ctx, changed, Charge, id); err != nil {
		return err
	}
	return o.Provider.ExecuteActivity(nil, ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 3},
	}, Charge, id)
}
