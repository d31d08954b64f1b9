// Package counts has loops with constant bounds that add up to more than 1000.
package counts

import (
	"context"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Load(ctx context.Context, n int) error { return nil }

const many = 2000

func Constant(ctx workflow.Context) error {
	for i := 0; i < many; i++ { // want `^up to 2000 activities in one run, by workflow.ExecuteActivity at counts.go:\d+: the limit is 1000; give batches to child workflows, or continue as new between them$`
		if err := workflow.ExecuteActivity(ctx, Load, i).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func RangeInt(ctx workflow.Context) error {
	for i := range 1001 { // want `up to 1001 activities`
		workflow.ExecuteActivity(ctx, Load, i)
	}
	return nil
}

func Inclusive(ctx workflow.Context) error {
	for i := 0; i <= 1000; i++ { // want `up to 1001 activities`
		workflow.ExecuteActivity(ctx, Load, i)
	}
	return nil
}

func Product(ctx workflow.Context) error {
	for i := range 40 { // want `up to 1600 activities`
		for j := range 40 {
			workflow.ExecuteActivity(ctx, Load, i*j)
		}
	}
	return nil
}

func TwoATurn(ctx workflow.Context) error {
	for i := range 600 { // want `up to 1200 activities`
		workflow.ExecuteActivity(ctx, Load, i)
		workflow.ExecuteLocalActivity(ctx, Load, i)
	}
	return nil
}

// In sequence they add up; the second passes the limit.
func Sum(ctx workflow.Context) error {
	for i := range 600 {
		workflow.ExecuteActivity(ctx, Load, i)
	}
	for i := range 600 { // want `up to 1200 activities`
		workflow.ExecuteActivity(ctx, Load, i)
	}
	return nil
}

func LocalVariable(ctx workflow.Context) error {
	attempts := 5000
	for i := 0; i < attempts; i++ { // want `up to 5000 activities`
		workflow.ExecuteActivity(ctx, Load, i)
	}
	return nil
}

func Steps(ctx workflow.Context) error {
	for i := 0; i < 100_000; i += 10 { // want `up to 10000 activities`
		workflow.ExecuteActivity(ctx, Load, i)
	}
	return nil
}

func Array(ctx workflow.Context) error {
	var slots [4096]int
	for i := range slots { // want `up to 4096 activities`
		workflow.ExecuteActivity(ctx, Load, i)
	}
	return nil
}

func Sliced(ctx workflow.Context, in []int) error {
	for _, n := range in[:1500] { // want `up to 1500 activities`
		workflow.ExecuteActivity(ctx, Load, n)
	}
	return nil
}

func GuardTooHigh(ctx workflow.Context, in []int) error {
	if len(in) > 5000 {
		return nil
	}
	for _, n := range in { // want `up to 5000 activities`
		workflow.ExecuteActivity(ctx, Load, n)
	}
	return nil
}

func times(ctx workflow.Context, n int) error {
	for i := range n { // want `up to 3000 activities .* \(InHelper -> times\)`
		if err := workflow.ExecuteActivity(ctx, Load, i).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func InHelper(ctx workflow.Context) error { return times(ctx, 3000) }

func HelperInLoop(ctx workflow.Context) error {
	for range 50 { // want `up to 5000 activities`
		if err := times(ctx, 100); err != nil {
			return err
		}
	}
	return nil
}

// Continuing as new comes when it is too late.
func ContinuesAfter(ctx workflow.Context) error {
	for i := range 3000 { // want `up to 3000 activities`
		if err := workflow.ExecuteActivity(ctx, Load, i).Get(ctx, nil); err != nil {
			return err
		}
	}
	return workflow.NewContinueAsNewError(ctx, ContinuesAfter)
}

func twice(ctx workflow.Context) { _ = times(ctx, 300) }

// No loop here, and too many all the same.
func Repeated(ctx workflow.Context) error { // want `up to 1200 activities`
	twice(ctx)
	twice(ctx)
	twice(ctx)
	twice(ctx)
	return nil
}

func Register(w worker.Worker) {
	for _, f := range []any{Constant, RangeInt, Inclusive, Product, TwoATurn, Sum, LocalVariable, Steps, Array, Sliced, GuardTooHigh,
		InHelper, HelperInLoop, ContinuesAfter, Repeated} {
		w.RegisterWorkflow(f)
	}
	w.RegisterActivity(Load)
}
