// Package workflowcontext works on wrong contexts; what looks like it is next to it.
package workflowcontext

import (
	"context"
	"errors"
	"net/http"
	"time"

	"example.com/corpus/workflowcontext/undo"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Release(ctx context.Context) error { return nil }

func DeferWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	defer func() {
		_ = workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `workflow\.ExecuteActivity in a deferred function runs on ctx, which is cancelled if the workflow is`
	}()
	return workflow.Sleep(ctx, time.Hour)
}

func DisconnectedWorkflow(ctx workflow.Context) error {
	cleanup, _ := workflow.NewDisconnectedContext(ctx)
	defer func() {
		_ = workflow.ExecuteActivity(cleanup, Release).Get(cleanup, nil)
	}()
	defer func() {
		ctx, cancel := workflow.NewDisconnectedContext(ctx)
		defer cancel()
		_ = workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
	}()
	withOptions := workflow.WithActivityOptions(cleanup, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	defer func() {
		_ = workflow.ExecuteActivity(withOptions, Release).Get(withOptions, nil)
	}()
	return workflow.Sleep(ctx, time.Hour)
}

func BranchWorkflow(ctx workflow.Context) error {
	err := workflow.Sleep(ctx, time.Hour)
	if ctx.Err() != nil {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `workflow\.ExecuteActivity in a branch for cancellation runs on ctx`
	}
	if errors.Is(ctx.Err(), workflow.ErrCanceled) {
		clean, _ := workflow.NewDisconnectedContext(ctx)
		return workflow.ExecuteActivity(clean, Release).Get(clean, nil)
	}
	child, cancel := workflow.WithCancel(ctx)
	cancel()
	if child.Err() != nil {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
	}
	if temporal.IsCanceledError(err) {
		return nil
	}
	return err
}

func CoroutineWorkflow(ctx workflow.Context) error {
	done := workflow.NewChannel(ctx)
	workflow.Go(ctx, func(gctx workflow.Context) {
		_ = workflow.Sleep(ctx, time.Minute)                     // want `workflow\.Sleep waits on ctx, which belongs to another coroutine: the SDK panics`
		_ = workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `Get waits on ctx`
		_ = workflow.ExecuteActivity(ctx, Release).Get(gctx, nil)
		workflow.GetLogger(ctx).Info("asked")
		done.Send(ctx, 1) // want `done\.Send waits on ctx`
	})
	workflow.Go(ctx, func(ctx workflow.Context) {
		_ = workflow.Sleep(ctx, time.Minute)
		defer func() { done.Send(ctx, 1) }()
		workflow.Go(ctx, func(ctx workflow.Context) { _ = workflow.Sleep(ctx, time.Minute) })
	})
	err := workflow.SetUpdateHandler(ctx, "u", func(uctx workflow.Context) error {
		return workflow.Await(ctx, func() bool { return true }) // want `workflow\.Await waits on ctx`
	})
	s := workflow.NewSelector(ctx)
	s.AddFuture(workflow.NewTimer(ctx, time.Minute), func(f workflow.Future) { _ = f.Get(ctx, nil) })
	s.Select(ctx)
	return err
}

// Activities and their contexts.

func Call(ctx context.Context, url string) error {
	if err := get(context.Background(), url); err != nil { // want `context\.Background in an activity that has a context: the call goes on when the activity is cancelled or has timed out`
		return err
	}
	bounded, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	defer func() { _ = get(context.Background(), url) }()
	go func() { _ = get(context.TODO(), url) }()
	return get(bounded, url)
}

// Get has no context of its own.
func Get(url string) error { return get(context.Background(), url) }

// Unused has its reasons.
func Unused(_ context.Context, url string) error { return get(context.Background(), url) }

func get(ctx context.Context, url string) error {
	_, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	return err
}

// plain is no activity.
func plain(ctx context.Context) error { return get(context.Background(), "x") }

func Register(w worker.Worker) {
	w.RegisterActivity(Call)
	w.RegisterActivity(Get)
	w.RegisterActivity(Unused)
}

func DeferredHelperWorkflow(ctx workflow.Context) error {
	defer release(ctx) // want `workflow\.ExecuteActivity \(release\) in a deferred function runs on ctx, which is cancelled`
	defer func() {
		releaseBelow(ctx) // want `workflow\.ExecuteActivity \(releaseBelow\) in a deferred function runs on ctx`
		releaseSafely(ctx)
		note(ctx)
	}()
	detached, _ := workflow.NewDisconnectedContext(ctx)
	defer release(detached)
	if err := workflow.Sleep(ctx, time.Minute); err != nil {
		release(ctx)
		return err
	}
	if ctx.Err() != nil {
		return releaseBelow(ctx) // want `workflow\.ExecuteActivity \(releaseBelow\) in a branch for cancellation runs on ctx`
	}
	return nil
}

func DeferredElsewhereWorkflow(ctx workflow.Context, saga *undo.Saga) error {
	defer undo.All(ctx) // want `workflow\.ExecuteActivity \(All\) in a deferred function runs on ctx`
	defer func() {
		_ = undo.Safely(ctx)
		undo.Note(ctx)
		saga.Compensate(ctx)     // want `workflow\.ExecuteActivity \(Compensate\) in a deferred function runs on ctx`
		_ = undo.Kind(ctx, "id") // want `workflow\.ExecuteChildWorkflow \(Kind\) in a deferred function runs on ctx`
	}()
	defer func() {
		detached, _ := workflow.NewDisconnectedContext(ctx)
		saga.Compensate(detached)
	}()
	return workflow.Sleep(ctx, time.Minute)
}

func release(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
}

func releaseBelow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return release(ctx)
}

func releaseSafely(ctx workflow.Context) error {
	ctx, cancel := workflow.NewDisconnectedContext(ctx)
	defer cancel()
	return release(ctx)
}

func note(ctx workflow.Context) { workflow.GetLogger(ctx).Info("ended") }

// Contexts that helpers make are cancelled with what they are made of, unless the helper says
// otherwise.
func HelperWorkflow(ctx workflow.Context) error {
	ctx = undo.WithTimeout(ctx)
	defer func() {
		_ = workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `workflow\.ExecuteActivity in a deferred function runs on ctx`
	}()
	detached := undo.Detached(ctx)
	defer func() {
		_ = workflow.ExecuteActivity(detached, Release).Get(detached, nil)
	}()
	defer func() {
		_ = undo.Pause(undo.Detached(ctx))
	}()
	return workflow.Sleep(ctx, time.Hour)
}

// A cancellation is an error, too.
func CanceledWorkflow(ctx workflow.Context) error {
	err := workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
	if temporal.IsCanceledError(err) {
		_ = workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `workflow\.ExecuteActivity in a branch for cancellation runs on ctx`
	}
	var canceled *temporal.CanceledError
	if errors.As(err, &canceled) {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `workflow\.ExecuteActivity in a branch for cancellation runs on ctx`
	}
	if err := ctx.Err(); err != nil {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `workflow\.ExecuteActivity in a branch for cancellation runs on ctx`
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
	}
	return err
}

// What the workflow has cancelled itself says nothing of its own context.
func TimeoutWorkflow(ctx workflow.Context) error {
	attempt, cancel := workflow.WithCancel(ctx)
	f := workflow.ExecuteActivity(attempt, Release)
	if ok, _ := workflow.AwaitWithTimeout(ctx, time.Minute, f.IsReady); !ok {
		cancel()
	}
	if err := f.Get(ctx, nil); temporal.IsCanceledError(err) {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
	}
	return nil
}

// Functions wait as well, and contexts are made of others.
func HelperCoroutineWorkflow(ctx workflow.Context) error {
	workflow.Go(ctx, func(inner workflow.Context) {
		_ = undo.Pause(ctx) // want `undo\.Pause waits on ctx, which belongs to another coroutine`
		made := undo.WithTimeout(ctx)
		_ = workflow.Sleep(made, time.Second) // want `workflow\.Sleep waits on ctx, which belongs to another coroutine`
		_ = undo.Pause(inner)
		_ = undo.Pause(undo.WithTimeout(inner))
	})
	return workflow.Sleep(ctx, time.Hour)
}

// What is done only where the workflow has not failed is no clean-up.
func NotifyWorkflow(ctx workflow.Context) (err error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	defer func() {
		if err == nil {
			err = workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
		}
	}()
	defer func() {
		if err != nil {
			return
		}
		err = release(ctx)
	}()
	defer func() {
		if err != nil {
			_ = workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `in a deferred function runs on ctx`
		}
	}()
	return workflow.Sleep(ctx, time.Hour)
}

// A step can be undone.
type step interface {
	Undo(ctx workflow.Context) error
	Name(ctx workflow.Context) string
}

// Compensations are kept in lists, as functions or behind an interface.
func CompensationsWorkflow(ctx workflow.Context, steps []step) (err error) {
	var undo []func(workflow.Context) error
	defer func() {
		for _, u := range undo {
			_ = u(ctx) // want `u in a deferred function runs on ctx`
		}
		for _, s := range steps {
			workflow.GetLogger(ctx).Info("undo", "step", s.Name(ctx))
			_ = s.Undo(ctx) // want `s.Undo in a deferred function runs on ctx`
		}
	}()
	undo = append(undo, release)
	return workflow.Sleep(ctx, time.Hour)
}

// A cancellation may be a case.
func CaseWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	err := workflow.Sleep(ctx, time.Hour)
	switch {
	case err == nil:
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
	case temporal.IsCanceledError(err):
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `in a branch for cancellation runs on ctx`
	}
	return err
}

// A context with other options is cancelled with the one that it is made of.
func long(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour})
}

func LongWorkflow(ctx workflow.Context) error {
	lctx := long(ctx)
	err := workflow.ExecuteActivity(lctx, Release).Get(ctx, nil)
	if temporal.IsCanceledError(err) {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil) // want `in a branch for cancellation runs on ctx`
	}
	return err
}

// One that can be cancelled by itself is not.
func TriedWorkflow(ctx workflow.Context) error {
	tctx, cancel := workflow.WithCancel(ctx)
	defer cancel()
	lctx := long(tctx)
	err := workflow.ExecuteActivity(lctx, Release).Get(ctx, nil)
	if temporal.IsCanceledError(err) {
		return workflow.ExecuteActivity(ctx, Release).Get(ctx, nil)
	}
	return err
}
