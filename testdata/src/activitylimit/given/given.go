// Package given gives helpers of another package what they loop over, and the function
// that they call in the loop.
package given

import (
	"example.com/corpus/activitylimit/given/steps"
	"go.temporal.io/sdk/workflow"
)

type In struct{ Files []string }

func load(ctx workflow.Context, f string) error {
	return workflow.ExecuteActivity(ctx, "Load", f).Get(ctx, nil)
}

func wait(ctx workflow.Context, f string) error {
	workflow.GetSignalChannel(ctx, f).Receive(ctx, nil)
	return nil
}

func EachWorkflow(ctx workflow.Context, in In) error {
	return steps.ForEach(ctx, in.Files, func(ctx workflow.Context, f string) error { // want `loop without a bound around workflow.ExecuteActivity at given.go:23.*\(EachWorkflow -> steps.ForEach at steps.go`
		return workflow.ExecuteActivity(ctx, "Load", f).Get(ctx, nil)
	})
}

func ParallelWorkflow(ctx workflow.Context, in In) error {
	return steps.Parallel(ctx, 10, in.Files, load) // want `loop without a bound`
}

func AllWorkflow(ctx workflow.Context, in In) error {
	return steps.All(ctx, in.Files, load) // want `loop without a bound`
}

func RepeatWorkflow(ctx workflow.Context) error {
	return steps.Repeat(ctx, 5000, func(ctx workflow.Context, _ int) error { return load(ctx, "x") }) // want `up to 5000 activities`
}

func TwiceWorkflow(ctx workflow.Context) error {
	return steps.Repeat(ctx, 600, func(ctx workflow.Context, _ int) error { // want `up to 1200 activities`
		if err := workflow.ExecuteActivity(ctx, "Load", "x").Get(ctx, nil); err != nil {
			return err
		}
		return load(ctx, "y")
	})
}

// WaitsWorkflow runs nothing in the loop.
func WaitsWorkflow(ctx workflow.Context, in In) error {
	if err := steps.ForEach(ctx, in.Files, wait); err != nil {
		return err
	}
	return load(ctx, "x")
}

// FewWorkflow is bounded.
func FewWorkflow(ctx workflow.Context, in In) error {
	if err := steps.Repeat(ctx, 500, func(ctx workflow.Context, _ int) error { return load(ctx, "x") }); err != nil {
		return err
	}
	if len(in.Files) > 100 {
		return nil
	}
	return steps.All(ctx, in.Files, load)
}
