// Package odd has code that is seldom written. Flagged where it differs.
package odd

import (
	. "time"

	"go.temporal.io/sdk/workflow"
)

func DotWorkflow(ctx workflow.Context) error {
	_ = Now() // want `time\.Now in workflow code`
	return nil
}

// Recursion, through a closure and an interface.
type visitor interface{ visit(n int) Time }

type walker struct{}

func (w walker) visit(n int) Time {
	if n == 0 {
		return Now() // want `time\.Now in workflow code`
	}
	var again func(v visitor) Time
	again = func(v visitor) Time { return v.visit(n - 1) }
	return again(w)
}

func RecursiveWorkflow(ctx workflow.Context) (Time, error) {
	return walker{}.visit(3), nil
}

// A label, goto, and a loop in a map's order that ends early by count.
func BatchWorkflow(ctx workflow.Context, items map[string]int) (map[string]int, error) {
	batch := map[string]int{}
	for name, n := range items { // want `range over items decides which elements come before the loop ends`
		if len(batch) >= 10 {
			break
		}
		batch[name] = n
	}
	return batch, nil
}

// A condition that is part of itself.
func SelfWorkflow(ctx workflow.Context, list []bool) (bool, error) {
	var all bool
	for _, ok := range list {
		all = all && ok
	}
	if all {
		_ = Now() // want `time\.Now in workflow code`
	}
	return all, nil
}
