// Package typederrors accepts duplicates by the type or the kind of the error that they are mapped to.
package typederrors

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/typederrors/store"
)

type Activities struct{ db *store.DB }

func (a *Activities) As(ctx context.Context, id string) error {
	err := a.db.Typed(ctx, id, "INSERT INTO people (id) VALUES ($1)")
	var there *store.ConflictError
	if errors.As(err, &there) {
		return nil
	}
	return err
}

func (a *Activities) AsType(ctx context.Context, id string) error {
	err := a.db.Typed(ctx, id, "INSERT INTO people (id) VALUES ($1)")
	if _, ok := errors.AsType[*store.ConflictError](err); ok {
		return nil
	}
	return err
}

func (a *Activities) Assertion(ctx context.Context, id string) error {
	err := a.db.Typed(ctx, id, "INSERT INTO people (id) VALUES ($1)")
	if _, ok := err.(*store.ConflictError); ok {
		return nil
	}
	return err
}

func (a *Activities) Helper(ctx context.Context, id string) error {
	if err := a.db.Typed(ctx, id, "INSERT INTO people (id) VALUES ($1)"); err != nil && !there(err) {
		return err
	}
	return nil
}

func there(err error) bool {
	var e *store.ConflictError
	return errors.As(err, &e)
}

func (a *Activities) Kind(ctx context.Context, id string) error {
	err := a.db.Kinds(ctx, id, "INSERT INTO people (id) VALUES ($1)")
	if store.KindOf(err) == store.Conflict {
		return nil
	}
	return err
}

func (a *Activities) Class(ctx context.Context, id string) error {
	_, err := a.db.DB.ExecContext(ctx, "INSERT INTO people (id) VALUES ($1)", id)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pgerrcode.IsIntegrityConstraintViolation(pg.Code) || strings.HasPrefix(pg.Code, "23")) {
		return nil
	}
	return err
}

func (a *Activities) Constraint(ctx context.Context, id string) error {
	_, err := a.db.DB.ExecContext(ctx, "INSERT INTO people (id) VALUES ($1)", id)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.ConstraintName == "people_pkey" {
		return nil
	}
	return err
}

// Mapped once more, not accepted.
func (a *Activities) Mapped(ctx context.Context, id string) error {
	err := a.db.Typed(ctx, id, "INSERT INTO mapped (id) VALUES ($1)") // want `INSERT into mapped without ON CONFLICT`
	var there *store.ConflictError
	if errors.As(err, &there) {
		return temporal.NewNonRetryableApplicationError("there", "Conflict", err)
	}
	return err
}

// Another kind is accepted.
func (a *Activities) OtherKind(ctx context.Context, id string) error {
	err := a.db.Kinds(ctx, id, "INSERT INTO kinds (id) VALUES ($1)") // want `INSERT into kinds without ON CONFLICT`
	var e *store.Error
	if errors.As(err, &e) && e.Kind == store.Missing {
		return nil
	}
	return err
}

func Register(w worker.Registry) { w.RegisterActivity(&Activities{}) }
