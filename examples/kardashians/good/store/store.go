// Package store keeps people in PostgreSQL.
package store

import (
	"context"
	"fmt"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/runtime/postgres"
)

// Store is a people.Store. It connects when it is first used.
type Store struct{}

// Add adds a person, once.
func (s Store) Add(ctx context.Context, p people.Person) error {
	if err := s.insertPerson(ctx, p); err != nil {
		return fmt.Errorf("adding %s %s: %w", p.Name, p.Surname, err)
	}
	return nil
}

func (Store) insertPerson(ctx context.Context, p people.Person) error {
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return err
	}
	// The activity above may run again after this statement has succeeded; then it has nothing left to do.
	_, err = pool.Exec(ctx, `
		INSERT INTO kardashians (name, surname)
		VALUES ($1, $2)
		ON CONFLICT (name, surname) DO NOTHING
	`, p.Name, p.Surname)
	return err
}

// Count returns the number of people.
func (Store) Count(ctx context.Context) (int, error) {
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return 0, err
	}
	var n int
	err = pool.QueryRow(ctx, `SELECT count(*) FROM kardashians`).Scan(&n)
	return n, err
}
