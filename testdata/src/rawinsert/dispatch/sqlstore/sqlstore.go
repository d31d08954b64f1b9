// Package sqlstore keeps values in a database; reading one counts.
package sqlstore

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/dispatch/storage"
)

// Store implements storage.Storage.
type Store struct {
	db *sql.DB
	tx string
}

// New returns the interface.
func New(db *sql.DB) storage.Storage { return &Store{db: db} }

// Get reads, and notes that it did.
func (s *Store) Get(ctx context.Context, key string) (string, error) {
	var value string
	if err := s.db.QueryRowContext(ctx, "SELECT value FROM pairs WHERE key = $1", key).Scan(&value); err != nil {
		return "", err
	}
	_, err := s.db.ExecContext(ctx, "INSERT INTO reads (key) VALUES ($1)", key)
	return value, err
}

// Put inserts.
func (s *Store) Put(ctx context.Context, key, value string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO pairs (key, value) VALUES ($1, $2)", key, value)
	return err
}

// WithTx returns the same in a transaction.
func (s *Store) WithTx(name string) storage.Storage { return &Store{db: s.db, tx: name} }
