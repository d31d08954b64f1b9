// Package batches runs a workflow's work as child workflows of limited size, "hierarchical workflows" in Media Cloud's
// workflow guide: a history has room for 1000 activities, and a list may be longer.
package batches

import (
	"errors"
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// DefaultSize is how many inputs a child gets: with two activities for each it stays below the guide's 1000.
const DefaultSize = 400

// DefaultParallel is how many children run at a time.
const DefaultParallel = 10

// MaxBatches is how many children a run may have: the guide's limit of invocations.
const MaxBatches = 1000

// Options of [Run].
type Options struct {
	// Size is how many inputs a child gets at most. DefaultSize if 0.
	Size int
	// Parallel is how many children run at the same time at most. DefaultParallel if 0.
	Parallel int
}

// ErrTooMany says that there are more inputs than MaxBatches children of the size can take.
var ErrTooMany = errors.New("too many inputs for one run")

// Run gives the inputs to children of a workflow, in batches, and returns their results in the order of the inputs. Options
// of the children are those of ctx.
//
// When a child fails, no more are started; Run waits for those that run, and returns the error of the first batch that
// failed, with the results of those that did not. It must be called from workflow code, and does the same on a replay: which
// children run depends on their results alone.
func Run[T, R any](ctx workflow.Context, child func(workflow.Context, []T) (R, error), inputs []T, options Options) ([]R, error) {
	size, parallel := options.Size, options.Parallel
	if size <= 0 {
		size = DefaultSize
	}
	if parallel <= 0 {
		parallel = DefaultParallel
	}
	n := (len(inputs) + size - 1) / size
	if n > MaxBatches {
		return nil, fmt.Errorf("%w: %d in batches of %d", ErrTooMany, len(inputs), size)
	}
	results, errs := make([]R, n), make([]error, n)
	slots := workflow.NewSemaphore(ctx, int64(parallel))
	running := workflow.NewWaitGroup(ctx)
	failed := false
	for i := 0; i < n && i < MaxBatches; i++ {
		if err := slots.Acquire(ctx, 1); err != nil {
			errs[i], failed = err, true
		}
		if failed {
			break
		}
		batch := inputs[i*size : min((i+1)*size, len(inputs))]
		running.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer running.Done()
			defer slots.Release(1)
			errs[i] = workflow.ExecuteChildWorkflow(ctx, child, batch).Get(ctx, &results[i])
			failed = failed || errs[i] != nil
		})
	}
	running.Wait(ctx)
	for i, err := range errs {
		if err != nil {
			return results, fmt.Errorf("batch %d of %d: %w", i+1, n, err)
		}
	}
	return results, nil
}
