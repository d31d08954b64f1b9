// Package store keeps people in PostgreSQL.
package store

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Store is a concrete type: calls of it need no wiring.
type Store struct {
	pool *pgxpool.Pool
}

// New uses pool.
func New(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// Add inserts; who runs it decides whether that is wrong, so nothing is reported here.
func (s *Store) Add(ctx context.Context, name string) error {
	return insertPerson(ctx, s.pool, name)
}

// AddOnce is safe for any caller.
func (s *Store) AddOnce(ctx context.Context, name string) error {
	_, err := s.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	return err
}

// Log is reached by nobody but main.
func (s *Store) Log(ctx context.Context, event string) error {
	_, err := s.pool.Exec(ctx, "INSERT INTO log (event) VALUES ($1)", event)
	return err
}

func insertPerson(ctx context.Context, pool *pgxpool.Pool, name string) error {
	_, err := pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return err
}
