// Package concurrency uses Go's goroutines and channels in workflows. Flagged.
package concurrency

import (
	"sync"

	"golang.org/x/sync/errgroup"

	"go.temporal.io/sdk/workflow"
)

func GoWorkflow(ctx workflow.Context) error {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() { // want `go statement in workflow code: runs at another moment on every replay: use workflow\.Go`
		defer wg.Done()
	}()
	wg.Wait() // want `sync\.WaitGroup\.Wait in workflow code: waits for goroutines`
	var g errgroup.Group
	g.Go(func() error { return nil }) // want `errgroup\.Group\.Go in workflow code`
	return g.Wait()                   // want `errgroup\.Group\.Wait in workflow code`
}

func ChannelWorkflow(ctx workflow.Context, in chan int) error {
	done := make(chan struct{})
	select { // want `select in workflow code: waits for what no history has`
	case <-in:
	case <-done:
	}
	in <- 1        // want `send to in in workflow code`
	<-done         // want `receive from done in workflow code`
	for range in { // want `range over in in workflow code`
	}
	return nil
}

// A mutex that is locked and unlocked decides nothing: one coroutine runs at a time.
type state struct {
	mu sync.Mutex
	n  int
}

func (s *state) count() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
}

func CleanWorkflow(ctx workflow.Context) error {
	var s state
	s.count()
	ctx.Done().Receive(ctx, nil)
	wg := workflow.NewWaitGroup(ctx)
	wg.Add(1)
	workflow.Go(ctx, func(ctx workflow.Context) { wg.Done() })
	wg.Wait(ctx)
	return workflow.Await(ctx, func() bool { return s.n > 0 })
}

// A buffer of the workflow's own coroutines is a list that they fill in the order in which
// Temporal runs them.
func BufferWorkflow(ctx workflow.Context, names []string) error {
	errs := make(chan error, len(names))
	wg := workflow.NewWaitGroup(ctx)
	for range names {
		wg.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer wg.Done()
			try(ctx, errs)
			errs <- nil
		})
	}
	wg.Wait(ctx)
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func try(ctx workflow.Context, errs chan error) { errs <- nil }

// The same buffer, if a goroutine fills it, is not.
func SharedWorkflow(ctx workflow.Context) error {
	errs := make(chan error, 1)
	go func() { errs <- nil }() // want `go statement`
	return <-errs               // want `receive from errs`
}
