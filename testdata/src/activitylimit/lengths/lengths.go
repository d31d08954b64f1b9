// Package lengths takes lengths where it asks for them.
package lengths

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.temporal.io/sdk/workflow"
)

func Load(context.Context, string) error { return nil }

func each(ctx workflow.Context, list []string) error {
	for _, s := range list { // bounded by each caller, or not
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// ClampWorkflow cuts the list in the statement that asks for its length.
func ClampWorkflow(ctx workflow.Context, list []string) error {
	if n := len(list); n > 300 {
		list = list[:300]
	}
	for _, s := range list {
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// ShortWorkflow cuts another.
func ShortWorkflow(ctx workflow.Context, list, others []string) error {
	if n := len(others); n > 300 {
		others = others[:300]
	}
	for _, s := range list { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	return each(ctx, others)
}

// A Plan has steps.
type Plan struct{ Steps []string }

// Check says what is wrong with a plan.
func (p Plan) Check() error {
	switch n := len(p.Steps); {
	case n == 0:
		return fmt.Errorf("no steps")
	case n > 40:
		return fmt.Errorf("%d steps", n)
	}
	return nil
}

// PlanWorkflow checks its plan.
func PlanWorkflow(ctx workflow.Context, p Plan) error {
	if err := p.Check(); err != nil {
		return err
	}
	for _, s := range p.Steps {
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func firstN[S ~[]E, E any](s S, n int) S { return s[:min(n, len(s))] }

// FirstWorkflow takes the first ones, SortedWorkflow all of them.
func FirstWorkflow(ctx workflow.Context, steps []string, text string) error {
	for _, s := range firstN(steps, 20) {
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	for _, s := range strings.SplitN(text, " ", 50) {
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func TooManyWorkflow(ctx workflow.Context, steps []string) error {
	for _, s := range firstN(steps, 2000) { // want `up to 2000 activities in one run`
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func SortedWorkflow(ctx workflow.Context, steps []string) error {
	for _, s := range slices.Sorted(slices.Values(steps)) { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, Load, s).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}
