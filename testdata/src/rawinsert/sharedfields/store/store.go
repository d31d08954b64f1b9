// Package store has a store in a database, and one that is none.
package store

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

type SQL struct{ Pool *pgxpool.Pool }

func (s SQL) Save(ctx context.Context, id string) error {
	_, err := s.Pool.Exec(ctx, "INSERT INTO people (id) VALUES ($1)", id)
	return err
}

type Other struct{ Pool *pgxpool.Pool }

func (o Other) Save(ctx context.Context, id string) error {
	_, err := o.Pool.Exec(ctx, "INSERT INTO others (id) VALUES ($1)", id)
	return err
}

type Third struct{ Pool *pgxpool.Pool }

func (o Third) Save(ctx context.Context, id string) error {
	_, err := o.Pool.Exec(ctx, "INSERT INTO thirds (id) VALUES ($1)", id)
	return err
}

type Memory struct{}

func (Memory) Save(ctx context.Context, id string) error { return nil }
