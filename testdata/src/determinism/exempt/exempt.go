// Package exempt has what a replay does not run, or what is recorded. Silent.
package exempt

import (
	"context"
	"os"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/workflow"
)

// Queries are answered outside of a replay.
func QueryWorkflow(ctx workflow.Context) error {
	err := workflow.SetQueryHandler(ctx, "age", func() (time.Duration, error) { return time.Since(time.Time{}), nil })
	if err != nil {
		return err
	}
	if err := workflow.SetQueryHandler(ctx, "now", now); err != nil {
		return err
	}
	handler := func() (int64, error) { return time.Now().Unix(), nil }
	return workflow.SetQueryHandler(ctx, "later", handler)
}

func now() (time.Time, error) { return time.Now(), nil }

// Activities, by whatever name workflow code has for them.
type Activities struct{ root string }

func (a *Activities) Read(ctx context.Context, name string) ([]byte, error) {
	return os.ReadFile(a.root + name)
}

func Stamp(ctx context.Context) (int64, error) { return time.Now().Unix(), nil }

var stamping = Stamp

var acts *Activities

func ActivityWorkflow(ctx workflow.Context, old bool) error {
	if err := workflow.ExecuteActivity(ctx, acts.Read, "x").Get(ctx, nil); err != nil {
		return err
	}
	step := Stamp
	if old {
		step = stamping
	}
	if err := workflow.ExecuteActivity(ctx, step).Get(ctx, nil); err != nil {
		return err
	}
	if err := run(ctx, acts.Read, "y"); err != nil {
		return err
	}
	return workflow.ExecuteLocalActivity(ctx, func(ctx context.Context) (int64, error) { return time.Now().Unix(), nil }).Get(ctx, nil)
}

func run(ctx workflow.Context, activity any, args ...any) error {
	return workflow.ExecuteActivity(ctx, activity, args...).Get(ctx, nil)
}

// What is not run on a replay.
func GuardWorkflow(ctx workflow.Context) error {
	if !workflow.IsReplaying(ctx) {
		_ = time.Now()
	}
	replaying := workflow.IsReplaying(ctx)
	if replaying {
		return nil
	} else {
		_ = uuid.NewString()
	}
	if workflow.IsReplaying(ctx) {
		return nil
	}
	_ = os.Getenv("X")
	return nil
}

// Start-up.
var started = time.Now()

func StartWorkflow(ctx workflow.Context) (time.Time, error) { return started, nil }
