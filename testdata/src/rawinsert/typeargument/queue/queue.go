// Package queue is generic: its store is a type parameter, bound by the type argument.
package queue

import "context"

// Inserter is the constraint.
type Inserter interface {
	InsertJob(ctx context.Context, kind string) error
}

// Queue works with any Inserter.
type Queue[S Inserter] struct {
	Store S
}

// Enqueue calls through the constraint.
func (q *Queue[S]) Enqueue(ctx context.Context, kind string) error {
	return q.Store.InsertJob(ctx, kind)
}
