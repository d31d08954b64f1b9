// Package acts has activities that record heartbeats, and such as do not.
package acts

import (
	"context"

	"go.temporal.io/sdk/activity"
)

func Copy(ctx context.Context, n int) error {
	for i := range n {
		step(ctx, i)
	}
	return nil
}

func step(ctx context.Context, i int) { progress(ctx, i) }

func progress(ctx context.Context, i int) { activity.RecordHeartbeat(ctx, i) }

// An Asker has an activity that may do anything.
type Asker struct{ Answer func(context.Context) error }

func (a *Asker) Ask(ctx context.Context) error { return a.Answer(ctx) }

// Orders are activities behind an interface: another package implements it.
type Orders interface {
	Charge(ctx context.Context) error
}

func Quick(ctx context.Context) error { return nil }
