// Package fix has what a fix mends.
package fix

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

func FixWorkflow(ctx workflow.Context, items map[string]int) error {
	start := time.Now()          // want `time\.Now in workflow code`
	time.Sleep(time.Second)      // want `time\.Sleep in workflow code`
	_ = time.Since(start)        // want `time\.Since in workflow code`
	for name, n := range items { // want `range over items decides`
		workflow.ExecuteActivity(ctx, name, n)
	}
	for name := range items { // want `range over items decides`
		workflow.ExecuteActivity(ctx, name)
	}
	workflow.Go(ctx, func(inner workflow.Context) {
		time.Sleep(time.Minute) // want `time\.Sleep in workflow code`
	})
	return nil
}

// stamp has no context at hand.
func stamp() int64 { return time.Now().Unix() } // want `time\.Now in workflow code`

func StampWorkflow(ctx workflow.Context) (int64, error) { return stamp(), nil }

// The map changes in the loop: it would be another loop.
func DrainWorkflow(ctx workflow.Context, items map[string]int) error {
	for name := range items { // want `range over items decides`
		workflow.ExecuteActivity(ctx, name)
		delete(items, name)
	}
	return nil
}
