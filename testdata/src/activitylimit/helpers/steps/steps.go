// Package steps runs activities for workflows of other packages.
package steps

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"
)

func Load(ctx context.Context, name string) error { return nil }

func Run(ctx workflow.Context, name string) error {
	return workflow.ExecuteActivity(ctx, Load, name).Get(ctx, nil)
}

// RunAll is no workflow: what it is given decides.
func RunAll(ctx workflow.Context, names []string) error {
	for _, name := range names {
		if err := Run(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func RunTimes(ctx workflow.Context, n int) error {
	for range n {
		if err := Run(ctx, "x"); err != nil {
			return err
		}
	}
	return nil
}

// Until calls what it is given until that says that it is done.
func Until(ctx workflow.Context, done func(ctx workflow.Context) (bool, error)) error {
	for {
		ok, err := done(ctx)
		if ok || err != nil {
			return err
		}
		_ = workflow.Sleep(ctx, time.Minute)
	}
}

func Drain(ctx workflow.Context) error {
	ch := workflow.GetSignalChannel(ctx, "name")
	for {
		var name string
		ch.Receive(ctx, &name)
		if err := Run(ctx, name); err != nil {
			return err
		}
	}
}
