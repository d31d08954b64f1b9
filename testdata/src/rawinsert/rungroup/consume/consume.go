// Package consume hands closures to a run group: they belong to the activity that writes them.
package consume

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/rungroup/group"
	"example.com/corpus/rawinsert/rungroup/offsets"
)

type consumer struct{ offsets *offsets.Table }

// Consume appends in one actor and advances in the other.
func (c *consumer) Consume(ctx context.Context, from, to int64) error {
	var g group.Group
	g.Add(func(ctx context.Context) error {
		for n := from; n < to; n++ {
			if err := c.offsets.Append(ctx, n); err != nil { // want `INSERT into offsets without.*Consume.*Append`
				return err
			}
		}
		return nil
	})
	g.Add(func(ctx context.Context) error { return c.offsets.Advance(ctx, to) })
	return g.Run(ctx)
}

// Skip only advances.
func (c *consumer) Skip(ctx context.Context, to int64) error {
	var g group.Group
	g.Add(func(ctx context.Context) error { return c.offsets.Advance(ctx, to) })
	return g.Run(ctx)
}

// Register makes the roles strong.
func Register(w worker.Worker, t *offsets.Table) {
	w.RegisterActivity(&consumer{offsets: t})
}
