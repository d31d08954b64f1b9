// Package clock asks Go's clock in workflows. Flagged.
package clock

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"
)

func NowWorkflow(ctx workflow.Context, due time.Time) error {
	if time.Now().After(due) { // want `^time\.Now in workflow code: another time on every replay: use workflow\.Now \(NowWorkflow\)$`
		return nil
	}
	start := time.Now()   // want `time\.Now in workflow code`
	_ = time.Since(start) // want `time\.Since in workflow code`
	_ = time.Until(due)   // want `time\.Until in workflow code`
	return nil
}

func WaitWorkflow(ctx workflow.Context) error {
	time.Sleep(time.Second)             // want `time\.Sleep in workflow code: blocks the worker, and a replay waits again: use workflow\.Sleep`
	timer := time.NewTimer(time.Second) // want `time\.NewTimer in workflow code: a timer that is not in the history`
	defer timer.Stop()
	c, cancel := context.WithTimeout(context.Background(), time.Second) // want `context\.WithTimeout in workflow code: a deadline that each replay starts anew`
	defer cancel()
	_ = c
	return nil
}

// A helper is reported where it stands, with the workflows that reach it.
func stamp() int64 { return time.Now().Unix() } // want `time\.Now in workflow code: .* \(FirstWorkflow -> stamp; 1 more workflow reaches it\)`

func FirstWorkflow(ctx workflow.Context) (int64, error)  { return stamp(), nil }
func SecondWorkflow(ctx workflow.Context) (int64, error) { return stamp(), nil }

// The clock as a value, behind a method value, a field, and in a closure.
type timer struct{ now func() time.Time }

func newTimer() timer { return timer{now: time.Now} } // want `time\.Now in workflow code`

func FieldWorkflow(ctx workflow.Context) (time.Time, error) {
	t := newTimer()
	return t.now(), nil
}

func ClosureWorkflow(ctx workflow.Context) error {
	elapsed := func() time.Time { return time.Now() } // want `time\.Now in workflow code`
	workflow.Go(ctx, func(ctx workflow.Context) {
		_ = time.Now() // want `time\.Now in workflow code`
	})
	_ = elapsed
	return nil
}

// An update handler is workflow code.
func UpdateWorkflow(ctx workflow.Context) error {
	return workflow.SetUpdateHandler(ctx, "touch", func(ctx workflow.Context) (int64, error) {
		return time.Now().Unix(), nil // want `time\.Now in workflow code`
	})
}

// What is computed from times, and what has its own name time, is nothing.
func CleanWorkflow(ctx workflow.Context, at time.Time) (string, error) {
	due := workflow.Now(ctx).Add(time.Hour)
	_ = workflow.Sleep(ctx, time.Second)
	type clock struct{ Now func() int }
	time := clock{Now: func() int { return 1 }}
	_ = time.Now()
	return at.Sub(due).String(), nil
}

// Outside of workflow code, the clock is nothing.
func Touch(ctx context.Context) (int64, error) { return time.Now().Unix(), nil }
