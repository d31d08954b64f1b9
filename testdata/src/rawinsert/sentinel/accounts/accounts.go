// Package accounts maps the duplicate to a sentinel.
package accounts

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrAlreadyExists is returned for an account that is there.
var ErrAlreadyExists = errors.New("account already exists")

// Accounts is a table.
type Accounts struct {
	Pool *pgxpool.Pool
}

// Open inserts an account, or fails with ErrAlreadyExists.
func (a *Accounts) Open(ctx context.Context, owner string) error {
	_, err := a.Pool.Exec(ctx, "INSERT INTO accounts (owner) VALUES ($1)", owner)
	return translate(err)
}

// OpenJoint is the same on a second table, with a caller that does not care.
func (a *Accounts) OpenJoint(ctx context.Context, owners []string) error {
	_, err := a.Pool.Exec(ctx, "INSERT INTO joint_accounts (owners) VALUES ($1)", owners)
	return translate(err)
}

// Ensure handles the duplicate here, for all of its callers.
func (a *Accounts) Ensure(ctx context.Context, owner string) error {
	_, err := a.Pool.Exec(ctx, "INSERT INTO accounts (owner) VALUES ($1)", owner)
	if errors.Is(translate(err), ErrAlreadyExists) {
		return nil
	}
	return err
}

func translate(err error) error {
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return fmt.Errorf("%w: %s", ErrAlreadyExists, pgErr.ConstraintName)
	}
	return err
}
