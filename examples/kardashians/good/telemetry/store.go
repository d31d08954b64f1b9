// Package telemetry logs what the program does and how long it takes.
package telemetry

import (
	"context"
	"log/slog"
	"time"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
)

// Store is a people.Store that logs every call of another one.
type Store struct {
	next   people.Store
	logger *slog.Logger
}

// NewStore returns a Store around next.
func NewStore(next people.Store, logger *slog.Logger) *Store {
	return &Store{next: next, logger: logger}
}

// Add adds a person.
func (s *Store) Add(ctx context.Context, p people.Person) (err error) {
	defer s.observe(ctx, "add", time.Now(), &err)
	return s.next.Add(ctx, p)
}

// Count returns the number of people.
func (s *Store) Count(ctx context.Context) (n int, err error) {
	defer s.observe(ctx, "count", time.Now(), &err)
	return s.next.Count(ctx)
}

func (s *Store) observe(ctx context.Context, call string, start time.Time, err *error) {
	s.logger.InfoContext(ctx, "store", "call", call, "took", time.Since(start), "error", *err)
}
