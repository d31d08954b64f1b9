// Package feed asks a store whether it can do more.
package feed

import (
	"context"

	"go.temporal.io/sdk/worker"
)

// Store is what every store can do.
type Store interface {
	Seen(ctx context.Context, url string) (bool, error)
}

// Archiver is what some can do.
type Archiver interface {
	Archive(ctx context.Context, url string) error
}

type feed struct{ store Store }

// Crawl calls a method of an interface that the store is asserted to have.
func (f *feed) Crawl(ctx context.Context, url string) error {
	seen, err := f.store.Seen(ctx, url)
	if err != nil || seen {
		return err
	}
	if archiver, ok := f.store.(Archiver); ok {
		return archiver.Archive(ctx, url)
	}
	return nil
}

// Register registers the activity.
func Register(r worker.Registry, store Store) {
	r.RegisterActivity(&feed{store: store})
}
