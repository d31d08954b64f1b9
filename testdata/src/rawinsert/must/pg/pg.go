// Package pg stores rows in PostgreSQL.
package pg

import (
	"context"
	"database/sql"
)

// A Store has a database.
type Store struct{ db *sql.DB }

// Open opens it.
func Open(url string) (*Store, error) {
	db, err := sql.Open("postgres", url)
	return &Store{db}, err
}

// Put inserts.
func (s *Store) Put(ctx context.Context, id string) error {
	_, err := s.db.ExecContext(ctx, "INSERT INTO rows (id) VALUES ($1)", id)
	return err
}
