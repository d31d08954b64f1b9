// Package steps has helpers that many workflows use.
package steps

import "go.temporal.io/sdk/workflow"

// ForEach calls fn for each item.
func ForEach[T any](ctx workflow.Context, items []T, fn func(workflow.Context, T) error) error {
	for _, it := range items {
		if err := fn(ctx, it); err != nil {
			return err
		}
	}
	return nil
}

// Parallel runs fn for each item, at most n at once.
func Parallel[T any](ctx workflow.Context, n int64, items []T, fn func(workflow.Context, T) error) error {
	sem := workflow.NewSemaphore(ctx, n)
	wg := workflow.NewWaitGroup(ctx)
	var first error
	for _, it := range items {
		if err := sem.Acquire(ctx, 1); err != nil {
			return err
		}
		wg.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer wg.Done()
			defer sem.Release(1)
			if err := fn(ctx, it); err != nil && first == nil {
				first = err
			}
		})
	}
	wg.Wait(ctx)
	return first
}

// Repeat calls fn n times.
func Repeat(ctx workflow.Context, n int, fn func(workflow.Context, int) error) error {
	for i := 0; i < n; i++ {
		if err := fn(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// EachTwice hands both on.
func EachTwice(ctx workflow.Context, items []string, fn func(workflow.Context, string) error) error {
	return Repeat(ctx, 2, func(ctx workflow.Context, _ int) error { return ForEach(ctx, items, fn) })
}

// All hands on what it is given.
func All(ctx workflow.Context, items []string, fn func(workflow.Context, string) error) error {
	return ForEach(ctx, items, fn)
}
