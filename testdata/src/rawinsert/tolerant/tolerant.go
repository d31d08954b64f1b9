// Package tolerant accepts duplicates around functions.
package tolerant

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

type Activities struct{ pool *pgxpool.Pool }

func isDuplicate(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}

// tolerate accepts that what it runs has been done.
func tolerate(run func() error) error {
	err := run()
	if isDuplicate(err) {
		return nil
	}
	return err
}

// once runs in a transaction.
func (a *Activities) once(ctx context.Context, run func(pgx.Tx) error) error {
	if err := pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error { return run(tx) }); err != nil && !isDuplicate(err) {
		return err
	}
	return nil
}

// again does not.
func again(run func() error) error {
	if err := run(); isDuplicate(err) {
		return run()
	}
	return nil
}

func (a *Activities) Closure(ctx context.Context, id string) error {
	return tolerate(func() error {
		_, err := a.pool.Exec(ctx, "INSERT INTO people (id) VALUES ($1)", id)
		return err
	})
}

func (a *Activities) Once(ctx context.Context, id string) error {
	return a.once(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO people (id) VALUES ($1)", id)
		return err
	})
}

func (a *Activities) Local(ctx context.Context, id string) error {
	save := func(id string) error {
		_, err := a.pool.Exec(ctx, "INSERT INTO people (id) VALUES ($1)", id)
		return err
	}
	if err := save(id); err != nil && !isDuplicate(err) {
		return err
	}
	return nil
}

func (a *Activities) Again(ctx context.Context, id string) error {
	return again(func() error {
		_, err := a.pool.Exec(ctx, "INSERT INTO again (id) VALUES ($1)", id) // want `INSERT into again without ON CONFLICT`
		return err
	})
}

// What is called a second time without a test is a raw INSERT.
func (a *Activities) Twice(ctx context.Context, id string) error {
	save := func(id string) error {
		_, err := a.pool.Exec(ctx, "INSERT INTO twice (id) VALUES ($1)", id) // want `INSERT into twice without ON CONFLICT`
		return err
	}
	if err := save(id); err != nil && !isDuplicate(err) {
		return err
	}
	return save(id + "2")
}

func Register(w worker.Registry) { w.RegisterActivity(&Activities{}) }
