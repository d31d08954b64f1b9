// Package otherengine hides two engines behind an interface: what runs an activity
// is not known here.
package otherengine

import "go.temporal.io/sdk/worker"

type Context interface{ Done() bool }

type provider interface {
	ExecuteActivity(ctx Context, fn any, args ...any) error
	NewContinueAsNewError(ctx Context, wf any) error
}

type interpreter struct{ provider provider }

func (i *interpreter) Run(ctx Context, names []string) error {
	for _, name := range names {
		if err := i.provider.ExecuteActivity(ctx, "Load", name); err != nil {
			return i.provider.NewContinueAsNewError(ctx, "Run")
		}
	}
	return nil
}

func Register(w worker.Worker, p provider) { w.RegisterWorkflow((&interpreter{p}).Run) }
