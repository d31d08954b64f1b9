// Package flows has workflows whose loops are in another package, or only whose
// activities are.
package flows

import (
	"time"

	"example.com/corpus/activitylimit/helpers/steps"
	"go.temporal.io/sdk/workflow"
)

// Registered in package worker; known here by their names.

func ImportWorkflow(ctx workflow.Context, names []string) error {
	for _, name := range names { // want `loop without a bound around workflow.ExecuteActivity at steps.go:14`
		if err := steps.Run(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func AllWorkflow(ctx workflow.Context, names []string) error {
	return steps.RunAll(ctx, names) // want `loop without a bound around workflow.ExecuteActivity at steps.go:14: .* \(AllWorkflow -> steps.RunAll at steps.go:19\)`
}

func SomeWorkflow(ctx workflow.Context, names []string) error {
	return steps.RunAll(ctx, names[:10])
}

func TimesWorkflow(ctx workflow.Context) error {
	return steps.RunTimes(ctx, 1001) // want `up to 1001 activities in one run, by workflow.ExecuteActivity at steps.go:14: .* \(TimesWorkflow -> steps.RunTimes at steps.go:28\)`
}

func FewWorkflow(ctx workflow.Context) error {
	return steps.RunTimes(ctx, 3)
}

func UntilWorkflow(ctx workflow.Context) error {
	return steps.Until(ctx, func(ctx workflow.Context) (bool, error) { // want `loop without a bound around workflow.ExecuteActivity at steps.go:14: .* \(UntilWorkflow -> steps.Until at steps.go:38\)`
		return false, steps.Run(ctx, "x")
	})
}

// It waits for a flag: no activity.
func WaitWorkflow(ctx workflow.Context) error {
	return steps.Until(ctx, func(ctx workflow.Context) (bool, error) {
		return true, workflow.Sleep(ctx, time.Minute)
	})
}

func DrainWorkflow(ctx workflow.Context) error {
	return steps.Drain(ctx) // want `loop without a bound around workflow.ExecuteActivity at steps.go:14: .* \(DrainWorkflow -> steps.Drain at steps.go:49\)`
}

// Batch is registered in package worker, and nothing here says that it is a workflow.
func Batch(ctx workflow.Context, names []string) error {
	for _, name := range names {
		if err := steps.Run(ctx, name); err != nil {
			return err
		}
	}
	return nil
}
