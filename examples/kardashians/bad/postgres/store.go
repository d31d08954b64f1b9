// Package postgres keeps people in PostgreSQL.
package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/mediacloud/mcwflint/examples/kardashians/bad/people"
)

// Store is a people.Store.
type Store struct {
	pool *pgxpool.Pool
}

// NewStore returns a Store that uses pool.
func NewStore(pool *pgxpool.Pool) *Store {
	return &Store{pool: pool}
}

// Add adds a person.
func (s *Store) Add(ctx context.Context, p people.Person) error {
	if err := s.insertPerson(ctx, p); err != nil {
		return fmt.Errorf("adding %s %s: %w", p.Name, p.Surname, err)
	}
	return nil
}

func (s *Store) insertPerson(ctx context.Context, p people.Person) error {
	// Bad: AddNewKardashian ends up here, in a place that knows nothing of retries. If its worker dies after this
	// statement and before the server hears of it, the next attempt violates the unique index, and so does every
	// attempt after that: the workflow waits forever, for a row that is there.
	_, err := s.pool.Exec(ctx, `
		INSERT INTO kardashians (name, surname)
		VALUES ($1, $2)
	`, p.Name, p.Surname)
	return err
}

// Count returns the number of people.
func (s *Store) Count(ctx context.Context) (int, error) {
	var n int
	err := s.pool.QueryRow(ctx, `SELECT count(*) FROM kardashians`).Scan(&n)
	return n, err
}
