// Package clean has arguments that arrive.
package clean

import (
	"context"
	"encoding/json"
	"maps"
	"time"

	"github.com/nexus-rpc/sdk-go/nexus"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporalnexus"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Order struct {
	ID    string
	Cents int `json:"cents"`
}

type Extended struct {
	Order
	Note string
}

type Activities struct{}

func (a *Activities) Charge(ctx context.Context, order string, cents int) error     { return nil }
func (a *Activities) Read(ctx context.Context, o *Order) (*Order, error)            { return o, nil }
func (a *Activities) Any(ctx context.Context, v any) (any, error)                   { return v, nil }
func (a *Activities) Proto(ctx context.Context, p *commonpb.Payload) error          { return nil }
func (a *Activities) Store(ctx context.Context, data []byte) ([]byte, error)        { return data, nil }
func (a *Activities) Raw(ctx context.Context, m json.RawMessage, t time.Time) error { return nil }
func (a *Activities) Value(ctx context.Context, v converter.RawValue, n json.Number) error {
	return nil
}
func (a *Activities) Levels(ctx context.Context, m map[string]float64) error { return nil }

// Logf is no activity, and is skipped when the struct is registered.
func (a *Activities) Logf(ctx context.Context, format string, args ...any) {}

func Local(ctx context.Context, order *Order, v any) (int, error) { return 0, nil }

func Child(ctx workflow.Context, order *Order) (Order, error) { return Order{}, nil }

// fill adds the key that counts.
func fill(m map[string]any, id string) { m["id"] = id }

type Engine interface {
	ExecuteActivity(out any, ctx workflow.Context, fn any, args ...any) error
}

func Workflow(ctx workflow.Context, order Order, args []any, engine Engine) error {
	var a *Activities
	workflow.ExecuteActivity(ctx, a.Charge, order.ID, order.Cents)
	workflow.ExecuteActivity(ctx, a.Charge, order.ID, int64(5))
	workflow.ExecuteActivity(ctx, a.Charge, args...)
	workflow.ExecuteActivity(ctx, a.Charge, nil, nil)
	workflow.ExecuteActivity(ctx, a.Read, order)
	workflow.ExecuteActivity(ctx, a.Read, Extended{})
	workflow.ExecuteActivity(ctx, a.Read, map[string]any{"id": order.ID})
	filled := map[string]any{"trace": "x"}
	fill(filled, order.ID)
	workflow.ExecuteActivity(ctx, a.Read, filled)
	copied := map[string]any{"trace": "x"}
	maps.Copy(copied, filled)
	workflow.ExecuteActivity(ctx, a.Read, copied)
	workflow.ExecuteActivity(ctx, a.Any, order)
	workflow.ExecuteActivity(ctx, a.Any, []byte("x"))
	workflow.ExecuteActivity(ctx, a.Store, []byte("x"))
	workflow.ExecuteActivity(ctx, a.Raw, order, "2026-01-01T00:00:00Z")
	workflow.ExecuteActivity(ctx, a.Value, order, 5)
	workflow.ExecuteActivity(ctx, a.Levels, map[string]int{"a": 1})
	workflow.ExecuteActivity(ctx, "Unknown", 1, 2, 3)
	workflow.ExecuteLocalActivity(ctx, Local, &order, order)
	workflow.ExecuteLocalActivity(ctx, Local, nil, nil)
	if err := engine.ExecuteActivity(nil, ctx, a.Charge, 1, 2, 3); err != nil {
		return err
	}
	var out *Order
	if err := workflow.ExecuteActivity(ctx, a.Read, order).Get(ctx, &out); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(ctx, a.Charge, order.ID, 1).Get(ctx, nil); err != nil {
		return err
	}
	var f workflow.Future
	if order.Cents > 0 {
		f = workflow.ExecuteActivity(ctx, a.Read, order)
	} else {
		f = workflow.ExecuteActivity(ctx, a.Any, order)
	}
	var v map[string]any
	if err := f.Get(ctx, &v); err != nil {
		return err
	}
	return workflow.NewContinueAsNewError(ctx, Workflow, order, args, engine)
}

// Dynamic is given what the caller of any other activity gives.
func Dynamic(ctx context.Context, args converter.EncodedValues) (string, error) { return "", nil }

func DynamicWorkflow(ctx workflow.Context, args converter.EncodedValues) (string, error) {
	workflow.ExecuteActivity(ctx, "Dynamic", "order", 5)
	return "", workflow.ExecuteActivity(ctx, Dynamic, "order", 5).Get(ctx, nil)
}

func Start(ctx context.Context, c client.Client, w worker.Worker) error {
	w.RegisterDynamicActivity(Dynamic, activity.DynamicRegisterOptions{})
	w.RegisterDynamicWorkflow(DynamicWorkflow, workflow.DynamicRegisterOptions{})
	w.RegisterActivityWithOptions(&Activities{}, activity.RegisterOptions{SkipInvalidStructFunctions: true})
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, Child, &Order{})
	if err != nil {
		return err
	}
	if _, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, "Child", Order{}, 1, 2); err != nil {
		return err
	}
	action := &client.ScheduleWorkflowAction{Workflow: Child}
	action.Args = []any{&Order{}}
	var out Order
	return run.Get(ctx, &out)
}

// Inbound has methods of the SDK's names that execute nothing.
type Inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	next interceptor.WorkflowInboundInterceptor
}

func (i *Inbound) ExecuteWorkflow(ctx workflow.Context, in *interceptor.ExecuteWorkflowInput) (any, error) {
	return i.next.ExecuteWorkflow(ctx, in)
}

// Operation runs a workflow whose argument the operation's options make.
var Operation = temporalnexus.NewWorkflowRunOperation("child", Nexus,
	func(ctx context.Context, id string, options nexus.StartOperationOptions) (client.StartWorkflowOptions, error) {
		return client.StartWorkflowOptions{ID: id}, nil
	})

func Nexus(ctx workflow.Context, id string) (string, error) { return id, nil }
