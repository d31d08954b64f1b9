// Package wrap has implementations that call another one.
package wrap

import (
	"context"

	"example.com/corpus/rawinsert/dispatch/memstore"
	"example.com/corpus/rawinsert/dispatch/storage"
)

// File is a decorator that is always made with the memory store.
type File struct {
	parent storage.Storage
	path   string
}

// NewFile makes one.
func NewFile(path string) *File { return &File{parent: memstore.New(), path: path} }

// Get asks the parent.
func (f *File) Get(ctx context.Context, key string) (string, error) {
	return f.parent.Get(ctx, f.path+key)
}

// Put tells the parent.
func (f *File) Put(ctx context.Context, key, value string) error {
	return f.parent.Put(ctx, f.path+key, value)
}

// WithTx is a decorator of what the parent returns.
func (f *File) WithTx(name string) storage.Storage {
	return &File{parent: f.parent.WithTx(name), path: f.path}
}

// cached has two of them: the one that it is given, and its own.
type cached struct {
	next   storage.Storage
	recent storage.Storage
}

// NewCached makes one.
func NewCached(next storage.Storage) storage.Storage {
	return &cached{next: next, recent: memstore.New()}
}

// Get looks into its own first.
func (c *cached) Get(ctx context.Context, key string) (string, error) {
	if value, err := c.recent.Get(ctx, key); err == nil {
		return value, nil
	}
	return c.next.Get(ctx, key)
}

// Put remembers only: what is written is sent elsewhere.
func (c *cached) Put(ctx context.Context, key, value string) error {
	recent := c.recent
	return recent.Put(ctx, key, value)
}

// WithTx goes on with the other.
func (c *cached) WithTx(name string) storage.Storage { return NewCached(c.next.WithTx(name)) }

// metered embeds the interface.
type metered struct {
	storage.Storage
	calls int
}

// NewMetered makes one.
func NewMetered(inner storage.Storage) storage.Storage { return &metered{Storage: inner} }

// Put counts; Get is promoted.
func (m *metered) Put(ctx context.Context, key, value string) error {
	m.calls++
	return m.Storage.Put(ctx, key, value)
}
