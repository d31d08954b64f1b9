// Package storage has the interface that everything here implements.
package storage

import "context"

// Storage keeps values.
type Storage interface {
	Get(ctx context.Context, key string) (string, error)
	Put(ctx context.Context, key, value string) error
	WithTx(name string) Storage
}
