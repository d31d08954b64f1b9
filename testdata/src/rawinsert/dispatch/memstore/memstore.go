// Package memstore keeps values in memory.
package memstore

import (
	"context"

	"example.com/corpus/rawinsert/dispatch/storage"
)

// Store implements storage.Storage.
type Store map[string]string

// New returns the interface.
func New() storage.Storage { return Store{} }

// Get reads.
func (s Store) Get(_ context.Context, key string) (string, error) { return s[key], nil }

// Put writes.
func (s Store) Put(_ context.Context, key, value string) error {
	s[key] = value
	return nil
}

// WithTx has none.
func (s Store) WithTx(string) storage.Storage { return s }
