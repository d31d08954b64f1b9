// Package visible has wrappers that are given options, and are called by name and through an
// interface.
package visible

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Charge is an activity.
func Charge(ctx context.Context, order string) error { return nil }

type runner interface {
	Execute(ctx workflow.Context, options workflow.ActivityOptions, activity any, args ...any) error
}

type direct struct{}

func (direct) Execute(ctx workflow.Context, options workflow.ActivityOptions, activity any, args ...any) error {
	return workflow.ExecuteActivity(with(ctx, options), activity, args...).Get(ctx, nil)
}

func with(ctx workflow.Context, options workflow.ActivityOptions) workflow.Context {
	return workflow.WithActivityOptions(ctx, options)
}

func same(options workflow.ActivityOptions) workflow.ActivityOptions { return options }

// defaulting fills in what is missing.
type defaulting struct{}

func (defaulting) Execute(ctx workflow.Context, options workflow.ActivityOptions, activity any, args ...any) error {
	if options.StartToCloseTimeout == 0 {
		options.StartToCloseTimeout = time.Minute
	}
	return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), activity, args...).Get(ctx, nil)
}

// Run is a workflow.
func Run(ctx workflow.Context, id string) error {
	if err := (direct{}).Execute(ctx, workflow.ActivityOptions{TaskQueue: "a"}, Charge, id); err != nil { // want `activity Charge, which Execute executes, has neither`
		return err
	}
	if err := (defaulting{}).Execute(ctx, workflow.ActivityOptions{TaskQueue: "a"}, Charge, id); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(with(ctx, workflow.ActivityOptions{TaskQueue: "b"}), Charge, id).Get(ctx, nil); err != nil { // want `activity Charge has neither`
		return err
	}
	if err := workflow.ExecuteActivity(with(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute}), Charge, id).Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(with(ctx, same(workflow.ActivityOptions{StartToCloseTimeout: time.Minute})), Charge, id).Get(ctx, nil); err != nil {
		return err
	}
	ctx = with(ctx, same(workflow.ActivityOptions{TaskQueue: "c"})) // want `activity Charge has neither`
	return workflow.ExecuteActivity(ctx, Charge, id).Get(ctx, nil)
}

// Through is a workflow.
func Through(ctx workflow.Context, id string) error {
	var r runner = direct{}
	if err := r.Execute(ctx, workflow.ActivityOptions{TaskQueue: "d"}, Charge, id); err != nil { // want `activity Charge, which Execute executes, has neither`
		return err
	}
	return r.Execute(ctx, workflow.ActivityOptions{ScheduleToCloseTimeout: time.Hour}, Charge, id)
}
