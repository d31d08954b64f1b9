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

// The SDK does not ask the validators of updates on a replay.
func UpdateWorkflow(ctx workflow.Context) error {
	err := workflow.SetUpdateHandlerWithOptions(ctx, "move", move, workflow.UpdateHandlerOptions{
		Validator: func(until time.Time) error { return tooLate(until) },
	})
	if err != nil {
		return err
	}
	var opts workflow.UpdateHandlerOptions
	opts.Validator = validate
	return workflow.SetUpdateHandlerWithOptions(ctx, "stop", move, opts)
}

func move(ctx workflow.Context, until time.Time) error { return workflow.Sleep(ctx, 1) }

func validate(ctx workflow.Context, until time.Time) error { return tooLate(until) }

func tooLate(until time.Time) error {
	if time.Now().After(until) {
		return context.DeadlineExceeded
	}
	return nil
}

// Wrappers of what is exempt.
func WrapperWorkflow(ctx workflow.Context) error {
	if err := query(ctx, "age", func() (string, error) { return time.Now().String(), nil }); err != nil {
		return err
	}
	live(ctx, func() { _ = time.Now() })
	if isLive(ctx) {
		_ = time.Now()
	}
	return nil
}

func query[T any](ctx workflow.Context, name string, f func() (T, error)) error {
	return workflow.SetQueryHandler(ctx, name, f)
}

func live(ctx workflow.Context, f func()) {
	if isLive(ctx) {
		f()
	}
}

func isLive(ctx workflow.Context) bool { return !workflow.IsReplaying(ctx) }

// What is used outside of workflows as well asks which it is.
func FallbackWorkflow(ctx workflow.Context) error {
	_, _ = timeOf(ctx), timeOr(ctx)
	_ = (&ticker{ctx}).now()
	return workflow.Sleep(ctx, timeIn(ctx).Sub(workflow.Now(ctx)))
}

func timeOf(ctx any) time.Time {
	if w, ok := ctx.(workflow.Context); ok {
		return workflow.Now(w)
	}
	return time.Now()
}

func timeOr(ctx any) time.Time {
	w, ok := ctx.(workflow.Context)
	if !ok {
		return time.Now()
	}
	return workflow.Now(w)
}

func timeIn(ctx any) time.Time {
	switch ctx := ctx.(type) {
	case workflow.Context:
		return workflow.Now(ctx)
	default:
		return time.Now()
	}
}

type ticker struct{ ctx workflow.Context }

func (t *ticker) now() time.Time {
	if t.ctx == nil {
		return time.Now()
	}
	return workflow.Now(t.ctx)
}
