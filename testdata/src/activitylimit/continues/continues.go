// Package continues has workflows that continue as new, wherever that is decided.
package continues

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Load(ctx context.Context, name string) error { return nil }

func More(ctx context.Context) (bool, error) { return false, nil }

func InLoop(ctx workflow.Context) error {
	n := 0
	for {
		if err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		n++
		if n == batch() {
			return workflow.NewContinueAsNewError(ctx, InLoop)
		}
	}
}

func batch() int { return time.Now().Day() }

var errRestart = errors.New("restart")

func loop(ctx workflow.Context) error {
	for {
		if err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		if batch() > 3 {
			return errRestart
		}
	}
}

// The caller of the helper decides, by a sentinel.
func BySentinel(ctx workflow.Context) error {
	if err := loop(ctx); errors.Is(err, errRestart) {
		return workflow.NewContinueAsNewError(ctx, BySentinel)
	} else {
		return err
	}
}

// By name, which is its own.
func ByName(ctx workflow.Context) error {
	for {
		if err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		if batch() > 3 {
			return workflow.NewContinueAsNewError(ctx, workflow.GetInfo(ctx).WorkflowType.Name)
		}
	}
}

func restart(ctx workflow.Context, wf any, args ...any) error {
	return workflow.NewContinueAsNewError(ctx, wf, args...)
}

func ThroughWrapper(ctx workflow.Context, files []string) error {
	for i, file := range files {
		if err := workflow.ExecuteActivity(ctx, Load, file).Get(ctx, nil); err != nil {
			return err
		}
		if i > batch() {
			return restart(ctx, ThroughWrapper, files[i:])
		}
	}
	return nil
}

func Suggested(ctx workflow.Context) error {
	for !workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
		if err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

type ender interface {
	End(ctx workflow.Context, wf any) error
}

// What End does is not known here: it may continue as new.
func BehindInterface(ctx workflow.Context, e ender) error {
	for {
		if err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		if batch() > 3 {
			return e.End(ctx, "BehindInterface")
		}
	}
}

type pollOptions struct {
	onLimit func(ctx workflow.Context) error
}

func poll(ctx workflow.Context, o pollOptions) error {
	for {
		var more bool
		if err := workflow.ExecuteActivity(ctx, More).Get(ctx, &more); err != nil || !more {
			return err
		}
		if batch() > 3 && o.onLimit != nil {
			return o.onLimit(ctx)
		}
	}
}

func ByOption(ctx workflow.Context) error {
	return poll(ctx, pollOptions{onLimit: func(ctx workflow.Context) error {
		return workflow.NewContinueAsNewError(ctx, ByOption)
	}})
}

// It leaves before the bound and continues as new.
func ConstantThatLeaves(ctx workflow.Context) error {
	for range 100_000 {
		if err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		if batch() > 3 {
			return workflow.NewContinueAsNewError(ctx, ConstantThatLeaves)
		}
	}
	return nil
}

func Register(w worker.Worker) {
	for _, f := range []any{InLoop, BySentinel, ByName, ThroughWrapper, Suggested, BehindInterface, ByOption, ConstantThatLeaves} {
		w.RegisterWorkflow(f)
	}
	w.RegisterActivity(Load)
	w.RegisterActivity(More)
}
