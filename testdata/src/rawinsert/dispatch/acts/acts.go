// Package acts has activities for each kind of storage.
package acts

import (
	"context"

	"example.com/corpus/rawinsert/dispatch/storage"
	"example.com/corpus/rawinsert/dispatch/wrap"
)

// FileActivities always have the decorator over the memory store.
type FileActivities struct{ file *wrap.File }

// NewFileActivities makes them.
func NewFileActivities() *FileActivities { return &FileActivities{file: wrap.NewFile("/var")} }

// ReadFile reaches no database.
func (a *FileActivities) ReadFile(ctx context.Context, key string) (string, error) {
	return a.file.Get(ctx, key)
}

// WriteFile reaches none either.
func (a *FileActivities) WriteFile(ctx context.Context, key, value string) error {
	return a.file.Put(ctx, key, value)
}

// Activities have the storage that they are given.
type Activities struct{ store storage.Storage }

// New makes them.
func New(store storage.Storage) *Activities { return &Activities{store: store} }

// Read reads.
func (a *Activities) Read(ctx context.Context, key string) (string, error) {
	return a.store.Get(ctx, key)
}

// Write writes.
func (a *Activities) Write(ctx context.Context, key, value string) error {
	return a.store.Put(ctx, key, value)
}

// Local decides for itself.
func (a *FileActivities) Local(ctx context.Context, key string) error {
	var store storage.Storage = wrap.NewFile("/tmp")
	if key == "" {
		store = wrap.NewFile("/")
	}
	return store.Put(ctx, key, "")
}
