// Package tolerated says which errors it tolerates where it calls a helper.
package tolerated

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"go.temporal.io/sdk/worker"
)

// What a store returns.
var (
	ErrTaken   = errors.New("taken")
	ErrMissing = errors.New("missing")
)

func translate(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return ErrTaken
	}
	return err
}

func ignore(err, target error) error {
	if errors.Is(err, target) {
		return nil
	}
	return err
}

func tolerate(err error, targets ...error) error {
	for _, target := range targets {
		if errors.Is(err, target) {
			return nil
		}
	}
	return err
}

func except(err error, targets ...error) error {
	if slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) }) {
		return nil
	}
	return err
}

// replaced returns another error, which is not to accept it.
func replaced(err, target error) error {
	if errors.Is(err, target) {
		return ErrMissing
	}
	return err
}

type activities struct{ db *sql.DB }

// Ignore names one.
func (a *activities) Ignore(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO ignored (id) VALUES ($1)", id)
	return ignore(translate(err), ErrTaken)
}

// Tolerate names several.
func (a *activities) Tolerate(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO tolerated (id) VALUES ($1)", id)
	return tolerate(translate(err), ErrMissing, ErrTaken)
}

// Except asks a closure.
func (a *activities) Except(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO excepted (id) VALUES ($1)", id)
	return except(translate(err), ErrTaken)
}

// Missing tolerates something else.
func (a *activities) Missing(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO missing (id) VALUES ($1)", id) // want `INSERT into missing without.*Missing`
	return tolerate(translate(err), ErrMissing)
}

// Replaced fails with another error.
func (a *activities) Replaced(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO replaced (id) VALUES ($1)", id) // want `INSERT into replaced without.*Replaced`
	return replaced(translate(err), ErrTaken)
}

// Switch looks at the type of the error.
func (a *activities) Switch(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO switched (id) VALUES ($1)", id)
	switch e := err.(type) {
	case nil:
		return nil
	case *pgconn.PgError:
		if e.Code == "23505" {
			return nil
		}
		return e
	default:
		return err
	}
}

// Other looks for another code.
func (a *activities) Other(ctx context.Context, id string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO other (id) VALUES ($1)", id) // want `INSERT into other without.*Other`
	switch e := err.(type) {
	case *pgconn.PgError:
		if e.Code == "23503" {
			return nil
		}
	}
	return err
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) { w.RegisterActivity(&activities{db}) }
