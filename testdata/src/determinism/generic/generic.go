// Package generic has what differs behind type parameters. Flagged.
package generic

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

type clock interface{ Now() time.Time }

type system struct{}

func (system) Now() time.Time { return time.Now() } // want `time\.Now in workflow code`

func stamp[C clock](c C) int64 { return c.Now().Unix() }

func StampWorkflow(ctx workflow.Context) (int64, error) { return stamp(system{}), nil }

// A range over a type parameter whose type is a map.
func each[M ~map[string]V, V any](ctx workflow.Context, m M, f func(V)) {
	for name, v := range m { // want `range over m decides the order in which workflow\.ExecuteActivity is called`
		workflow.ExecuteActivity(ctx, name)
		f(v)
	}
}

func EachWorkflow(ctx workflow.Context, m map[string]int) error {
	each(ctx, m, func(int) {})
	return nil
}

// Iterators run their body; what they range over is their own business.
func count(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func IteratorWorkflow(ctx workflow.Context) error {
	for i := range count(3) {
		_ = i
		_ = time.Now() // want `time\.Now in workflow code`
	}
	return nil
}
