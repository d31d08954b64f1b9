// Package flows calls its steps behind an interface.
package flows

import "go.temporal.io/sdk/workflow"

type Step interface {
	Run(ctx workflow.Context, names []string) error
	Stop(ctx workflow.Context) error
}

type Flow struct{ Step Step }

func (f *Flow) Run(ctx workflow.Context, names []string) error {
	if len(names) == 0 {
		return f.Step.Stop(ctx)
	}
	return f.Step.Run(ctx, names)
}

// Restarts has a step that continues as new.
type Restarts struct{ Ender Ender }

type Ender interface {
	End(ctx workflow.Context) error
}

func (r *Restarts) Run(ctx workflow.Context) error {
	for {
		if err := workflow.ExecuteActivity(ctx, "Load", "x").Get(ctx, nil); err != nil {
			return r.Ender.End(ctx)
		}
	}
}
