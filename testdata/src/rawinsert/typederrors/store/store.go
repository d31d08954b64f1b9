// Package store maps a unique violation to errors of its own.
package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
)

// ConflictError is for rows that are there.
type ConflictError struct{ ID string }

func (e *ConflictError) Error() string { return e.ID + " is there" }

// Kind tells errors apart.
type Kind int

const (
	Missing Kind = iota + 1
	Conflict
)

// Error has a kind.
type Error struct {
	Kind Kind
	Err  error
}

func (e *Error) Error() string { return e.Err.Error() }

// KindOf is the kind of an error.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return 0
}

type DB struct{ DB *sql.DB }

func taken(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == pgerrcode.UniqueViolation
}

func (d *DB) Typed(ctx context.Context, id, query string) error {
	_, err := d.DB.ExecContext(ctx, query, id)
	if taken(err) {
		return &ConflictError{ID: id}
	}
	return err
}

func (d *DB) Kinds(ctx context.Context, id, query string) error {
	_, err := d.DB.ExecContext(ctx, query, id)
	switch {
	case taken(err):
		return &Error{Kind: Conflict, Err: err}
	case errors.Is(err, sql.ErrNoRows):
		return &Error{Kind: Missing, Err: err}
	}
	return err
}
