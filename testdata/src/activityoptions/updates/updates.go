// Package updates executes activities in handlers of updates, whose context is not the workflow's.
package updates

import (
	"context"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Log(context.Context, string) error { return nil }

var options = workflow.ActivityOptions{StartToCloseTimeout: time.Minute, ScheduleToCloseTimeout: time.Hour}

// NoteWorkflow gives options to its own context.
func NoteWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	err := workflow.SetUpdateHandler(ctx, "note", func(ctx workflow.Context, s string) error {
		return workflow.ExecuteActivity(ctx, Log, s).Get(ctx, nil) // want `activity Log has no options, as the handler of an update`
	})
	if err != nil {
		return err
	}
	err = workflow.SetUpdateHandlerWithOptions(ctx, "given", func(ctx workflow.Context, s string) error {
		ctx = workflow.WithActivityOptions(ctx, options)
		return workflow.ExecuteActivity(ctx, Log, s).Get(ctx, nil)
	}, workflow.UpdateHandlerOptions{})
	if err != nil {
		return err
	}
	err = workflow.SetUpdateHandler(ctx, "started", func(ctx workflow.Context, s string) error {
		workflow.Go(ctx, func(ctx workflow.Context) {
			_ = workflow.ExecuteActivity(ctx, Log, s).Get(ctx, nil) // want `activity Log has no options, as the handler of an update`
		})
		return nil
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false })
}

type board struct{ notes []string }

// BoardWorkflow has methods for handlers.
func BoardWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	b := new(board)
	if err := workflow.SetUpdateHandler(ctx, "add", b.add); err != nil {
		return err
	}
	if err := workflow.SetUpdateHandler(ctx, "clear", b.clear); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return len(b.notes) > 3 })
}

func (b *board) add(ctx workflow.Context, note string) error {
	b.notes = append(b.notes, note)
	return log(ctx, note) // want `activity Log, which log executes, has no options, as the handler of an update`
}

func log(ctx workflow.Context, s string) error {
	return workflow.ExecuteActivity(ctx, Log, s).Get(ctx, nil)
}

func (b *board) clear(ctx workflow.Context) error {
	b.notes = nil
	return log(workflow.WithActivityOptions(ctx, options), "cleared")
}

// Register registers them.
func Register(w worker.Registry) {
	w.RegisterWorkflow(NoteWorkflow)
	w.RegisterWorkflow(BoardWorkflow)
	w.RegisterActivity(Log)
}
