// Package flagged has arguments that do not fit.
package flagged

import (
	"context"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporalnexus"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Order struct {
	ID    string
	Cents int
}

type Health struct{ Status string }

type Activities struct{}

func (a *Activities) Charge(ctx context.Context, order string, cents int) error { return nil }
func (a *Activities) Read(ctx context.Context, o Order) (Order, error)          { return o, nil }
func (a *Activities) Store(ctx context.Context, data []byte) error              { return nil }
func (a *Activities) Proto(ctx context.Context, p *commonpb.Payload) error      { return nil }
func (a *Activities) NoContext(order string) error                              { return nil }
func (a *Activities) Many(ctx context.Context, ids ...string) error             { return nil }

func Local(ctx context.Context, order *Order, n int64) (int, error) { return 0, nil }

func Child(ctx workflow.Context, order string) (Order, error) { return Order{}, nil }

var a *Activities

func Workflow(ctx workflow.Context, order string) error {
	workflow.ExecuteActivity(ctx, a.Charge, order)                       // want `Charge takes 2 arguments after its context and gets 1: what is missing arrives as a zero value`
	workflow.ExecuteActivity(ctx, a.Charge, order, 5, true)              // want `Charge takes 2 arguments after its context and gets 3: what is too many is dropped`
	workflow.ExecuteActivity(ctx, a.Charge, 5, order)                    // want `argument 1 of Charge: int is read as string` `argument 2 of Charge: string is read as int`
	workflow.ExecuteActivity(ctx, (*Activities).Charge, order)           // want `Charge takes 2 arguments after its context and gets 1`
	workflow.ExecuteActivity(ctx, a.NoContext)                           // want `NoContext takes 1 argument after its context and gets 0`
	workflow.ExecuteActivity(ctx, a.Store, order)                        // want `argument 1 of Store: string is read as \[\]byte`
	workflow.ExecuteActivity(ctx, a.Read, []byte(order))                 // want `argument 1 of Read: a \[\]byte is read as flagged.Order`
	workflow.ExecuteActivity(ctx, a.Read, &commonpb.Payload{})           // want `argument 1 of Read: a protobuf message is read as flagged.Order`
	workflow.ExecuteActivity(ctx, a.Read, Health{})                      // want `flagged.Health and flagged.Order have no field in common`
	workflow.ExecuteActivity(ctx, a.Read, map[string]any{"name": order}) // want `the map's keys are no fields of flagged.Order: it arrives empty`
	workflow.ExecuteActivity(ctx, a.Read, struct{ ID int }{5})           // want `field ID: int is read as string`
	workflow.ExecuteActivity(ctx, a.Many, order)                         // want `Many is variadic: the SDK cannot call it`
	workflow.ExecuteLocalActivity(ctx, Local, Order{}, int64(1))         // want `argument 1 of Local is flagged.Order, not assignable to \*flagged.Order: the call fails`
	workflow.ExecuteLocalActivity(ctx, Local, &Order{}, 1)               // want `argument 2 of Local is int, not assignable to int64: the call fails`
	workflow.ExecuteLocalActivity(ctx, Local, &Order{})                  // want `Local takes 2 arguments after its context and gets 1: the call fails`
	workflow.ExecuteLocalActivity(ctx, a.Charge, order)                  // want `Charge takes 2 arguments after its context and gets 1: the call fails`
	workflow.ExecuteLocalActivity(ctx, "NoContext", order, order)        // want `NoContext takes 1 argument after its context and gets 2: the call fails`
	either(ctx, order == "", Local, &Order{})                            // want `Local takes 2 arguments after its context and gets 1`
	workflow.ExecuteChildWorkflow(ctx, Child)                            // want `Child takes 1 argument after its context and gets 0`
	workflow.ExecuteChildWorkflow(ctx, Child, 7)                         // want `argument 1 of Child: int is read as string`
	workflow.ExecuteActivity(ctx, "NoContext", order, order)             // want `NoContext takes 1 argument after its context and gets 2: what is too many is dropped`
	stray := map[string]any{"name": order}
	workflow.ExecuteActivity(ctx, a.Read, stray) // want `the map's keys are no fields of flagged.Order: it arrives empty`
	charge := a.Charge
	workflow.ExecuteActivity(ctx, charge, order)         // want `Charge takes 2 arguments after its context and gets 1`
	run(ctx, a.Charge, order)                            // want `Charge takes 2 arguments after its context and gets 1`
	runTenant(ctx, a.Charge, 5)                          // want `Charge takes 2 arguments after its context and gets 1`
	byName(ctx, "Charge", order)                         // want `Charge takes 2 arguments after its context and gets 1`
	return workflow.NewContinueAsNewError(ctx, Workflow) // want `Workflow takes 1 argument after its context and gets 0: the call fails`
}

// run is an execute call for its callers.
func run(ctx workflow.Context, activity any, args ...any) workflow.Future {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, activity, args...)
}

// either executes its target in one of two ways.
func either(ctx workflow.Context, local bool, activity any, args ...any) workflow.Future {
	if local {
		return workflow.ExecuteLocalActivity(ctx, activity, args...)
	}
	return workflow.ExecuteActivity(ctx, activity, args...)
}

func runTenant(ctx workflow.Context, activity any, tenant int) {
	_ = workflow.ExecuteActivity(ctx, activity, tenant).Get(ctx, nil)
}

func byName(ctx workflow.Context, name string, args ...any) {
	_ = workflow.ExecuteActivity(ctx, name, args...).Get(ctx, nil)
}

func Results(ctx workflow.Context, order Order) error {
	var n int
	f := workflow.ExecuteActivity(ctx, a.Read, order)
	if err := f.Get(ctx, &n); err != nil { // want `the result of Read: flagged.Order is read as int: Get does not fill it`
		return err
	}
	_ = f.Get(ctx, n)                                                     // want `Get is given int, which is no pointer`
	_ = f.Get(ctx, f)                                                     // want `Get is given the future itself`
	_ = workflow.ExecuteActivity(ctx, a.Charge, order.ID, 5).Get(ctx, &n) // want `Charge returns no result: what Get is given stays as it is`
	_ = run(ctx, a.Read, order).Get(ctx, &n)                              // want `the result of Read: flagged.Order is read as int`
	s := workflow.NewSelector(ctx)
	s.AddFuture(f, func(f workflow.Future) {
		var name string
		_ = f.Get(ctx, &name) // want `the result of Read: flagged.Order is read as string`
	})
	s.Select(ctx)
	return nil
}

func Start(ctx context.Context, c client.Client, w worker.Worker) error {
	w.RegisterActivity(&Activities{}) // want `Many is variadic: the SDK cannot call it`
	w.RegisterWorkflow(Workflow)
	options := client.StartWorkflowOptions{TaskQueue: "orders"}
	if _, err := c.ExecuteWorkflow(ctx, options, Workflow); err != nil { // want `Workflow takes 1 argument after its context and gets 0: the call fails`
		return err
	}
	run, err := c.ExecuteWorkflow(ctx, options, Child, "a")
	if err != nil {
		return err
	}
	var n int
	if err := run.Get(ctx, &n); err != nil { // want `the result of Child: flagged.Order is read as int`
		return err
	}
	_, err = c.SignalWithStartWorkflow(ctx, "id", "paid", true, options, Workflow, 5) // want `argument 1 of Workflow is int, not assignable to string: the call fails`
	_ = &client.ScheduleWorkflowAction{Workflow: Workflow, Args: []any{1, 2}}         // want `Workflow takes 1 argument after its context and gets 2: the call fails`
	_, err = c.ScheduleClient().Create(ctx, client.ScheduleOptions{
		ID:     "daily",
		Action: &client.ScheduleWorkflowAction{Workflow: Workflow}, // want `Workflow takes 1 argument after its context and gets 0: the call fails`
	})
	_ = &client.ScheduleWorkflowAction{Workflow: Workflow, Args: []any{}} // want `Workflow takes 1 argument after its context and gets 0: the call fails`
	return err
}

// Operate starts for an operation what the compiler does not check.
func Operate(ctx context.Context, n temporalnexus.NexusClient, activity bool) (temporalnexus.TemporalOperationResult[int], error) {
	if activity {
		return temporalnexus.StartUntypedActivity[int](ctx, n, client.StartActivityOptions{}, Local, &Order{}) // want `Local takes 2 arguments after its context and gets 1: the call fails`
	}
	return temporalnexus.StartUntypedWorkflow[int](ctx, n, client.StartWorkflowOptions{}, Child) // want `Child takes 1 argument after its context and gets 0: the call fails`
}
