// Package wrappers has functions that execute and register what they are given, not
// always as they are given it.
package wrappers

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Charge(ctx context.Context, tenant, order string, cents int) error { return nil }

func Refund(ctx context.Context, order string) error { return nil }

func RefundV1(ctx context.Context, order string, cents int) error { return nil }

func Void(ctx context.Context, order string) error { return nil }

func Audit(ctx context.Context, order string) error { return nil }

func Flow(ctx workflow.Context, tenant, order string) error { return nil }

type tenant struct{ id string }

// run puts the tenant before all arguments.
func (t *tenant) run(ctx workflow.Context, act any, args ...any) error {
	args = append([]any{t.id}, args...)
	return workflow.ExecuteActivity(ctx, act, args...).Get(ctx, nil)
}

// normalized sends times as text.
func normalized(ctx workflow.Context, act any, args ...any) error {
	for i := range args {
		args[i] = normal(args[i])
	}
	return workflow.ExecuteActivity(ctx, act, args...).Get(ctx, nil)
}

func normal(v any) any { return v }

// orDefault may run another activity than it is given.
func orDefault(ctx workflow.Context, act any, order string) error {
	if act == nil {
		act = Refund
	}
	return workflow.ExecuteActivity(ctx, act, order).Get(ctx, nil)
}

// named runs activities of another program.
func named(ctx workflow.Context, name string, args ...any) error {
	name = "billing." + name
	return workflow.ExecuteActivity(ctx, name, args...).Get(ctx, nil)
}

func start(ctx context.Context, c client.Client, tenant string, wf any, args ...any) error {
	args = append([]any{tenant}, args...)
	_, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, wf, args...)
	return err
}

func Workflow(ctx workflow.Context, t *tenant) error {
	if err := t.run(ctx, Charge, "order", 5); err != nil {
		return err
	}
	if err := normalized(ctx, Refund, 5); err != nil {
		return err
	}
	if err := orDefault(ctx, Charge, "order"); err != nil {
		return err
	}
	if err := named(ctx, "Refund", "order", 5); err != nil {
		return err
	}
	workflow.ExecuteActivity(ctx, "Refund", "order")
	workflow.ExecuteActivity(ctx, "RefundV1", "order")
	workflow.ExecuteActivity(ctx, "Void", "order", 5)
	workflow.ExecuteActivity(ctx, "Audit", "order", 5)
	return workflow.ExecuteActivity(ctx, "audit", "order", 5).Get(ctx, nil) // want `Audit takes 1 argument after its context and gets 2: what is too many is dropped`
}

// versioned registers under a name of its own making.
func versioned(w worker.Registry, name string, fn any) {
	name = "v1." + name
	w.RegisterActivityWithOptions(fn, activity.RegisterOptions{Name: name})
}

// with hands the options on.
func with(w worker.Registry, fn any, options activity.RegisterOptions) {
	w.RegisterActivityWithOptions(fn, options)
}

func Start(ctx context.Context, c client.Client, w worker.Worker) error {
	versioned(w, "Refund", RefundV1)
	with(w, Audit, activity.RegisterOptions{Name: "audit"})
	options := activity.RegisterOptions{}
	options.Name = "v1.Void"
	w.RegisterActivityWithOptions(Void, options)
	w.RegisterActivity(Charge)
	w.RegisterWorkflow(Workflow)
	return start(ctx, c, "t", Flow, "order")
}

// What wrappers read results into, and return.
func readInto(ctx workflow.Context, out any, act any, args ...any) error {
	return workflow.ExecuteActivity(ctx, act, args...).Get(ctx, out)
}

func resultOf[T any](ctx workflow.Context, act any, args ...any) (T, error) {
	var out T
	f := workflow.ExecuteActivity(ctx, act, args...)
	if err := f.Get(ctx, &out); err != nil {
		return out, err
	}
	return out, nil
}

func namedResult[T any](ctx workflow.Context, act any, args ...any) (out T, err error) {
	err = workflow.ExecuteActivity(ctx, act, args...).Get(ctx, &out)
	return out, err
}

func onceMore[T any](ctx workflow.Context, act any, args ...any) (T, error) {
	return resultOf[T](ctx, act, args...)
}

func Tally(ctx context.Context, name string) (int64, error) { return 0, nil }

func ResultsWorkflow(ctx workflow.Context) error {
	var text string
	if err := readInto(ctx, &text, Tally, "a"); err != nil { // want `the result of Tally: int64 is read as string: Get does not fill it`
		return err
	}
	_, _ = resultOf[string](ctx, Tally, "a")   // want `the result of Tally: int64 is read as string: Get does not fill it`
	_, _ = namedResult[[]int](ctx, Tally, "a") // want `the result of Tally: int64 is read as \[\]int: Get does not fill it`
	_, _ = onceMore[bool](ctx, Tally, "a")     // want `the result of Tally: int64 is read as bool: Get does not fill it`
	var n int
	_ = readInto(ctx, &n, Tally, "a")
	_ = readInto(ctx, nil, Tally, "a")
	_, _ = resultOf[int](ctx, Tally, "a")
	_, _ = onceMore[any](ctx, Tally, "a")
	return nil
}
