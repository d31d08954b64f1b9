// Package handledabove handles the duplicate in a caller of the function that inserts.
package handledabove

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgerrcode"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// ErrExists is what insertPerson makes of a unique violation.
var ErrExists = errors.New("person exists")

// Activities writes people and shows.
type Activities struct {
	pool *pgxpool.Pool
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// insertPerson maps the duplicate to a sentinel: that alone handles nothing.
func insertPerson(ctx context.Context, pool *pgxpool.Pool, name string) error {
	_, err := pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return ErrExists
	}
	return err
}

// AcceptExisting accepts the sentinel, which is why insertPerson is not reported.
func (a *Activities) AcceptExisting(ctx context.Context, name string) error {
	if err := insertPerson(ctx, a.pool, name); err != nil && !errors.Is(err, ErrExists) {
		return fmt.Errorf("add %s: %w", name, err)
	}
	return nil
}

func insertShow(ctx context.Context, pool *pgxpool.Pool, title string) error {
	_, err := pool.Exec(ctx, "INSERT INTO shows (title) VALUES ($1)", title)
	return err
}

func addShow(ctx context.Context, pool *pgxpool.Pool, title string) error {
	return insertShow(ctx, pool, title)
}

// AcceptTwoAbove tests the driver's error two calls above the statement.
func (a *Activities) AcceptTwoAbove(ctx context.Context, title string) error {
	err := addShow(ctx, a.pool, title)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return nil
	}
	return err
}

// ErrTaken is the sentinel of insertEpisode.
var ErrTaken = errors.New("episode taken")

// insertEpisode maps as well.
func insertEpisode(ctx context.Context, pool *pgxpool.Pool, title string) error {
	_, err := pool.Exec(ctx, "INSERT INTO episodes (title) VALUES ($1)", title) // want `INSERT into episodes without.*PassSentinelOn.*insertEpisode`
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return ErrTaken
	}
	return err
}

// PassSentinelOn hands the sentinel to the server, which retries until the policy gives up.
func (a *Activities) PassSentinelOn(ctx context.Context, title string) error {
	if err := insertEpisode(ctx, a.pool, title); err != nil {
		return fmt.Errorf("add %s: %w", title, err)
	}
	return nil
}

func insertCast(ctx context.Context, pool *pgxpool.Pool, name string) error {
	_, err := pool.Exec(ctx, "INSERT INTO cast_members (name) VALUES ($1)", name) // want `INSERT into cast_members without.*RawPath`
	return err
}

// HandledPath accepts the duplicate.
func (a *Activities) HandledPath(ctx context.Context, name string) error {
	err := insertCast(ctx, a.pool, name)
	var pgErr *pgconn.PgError
	if errors.As(err, &pgErr) && pgErr.Code == pgerrcode.UniqueViolation {
		return nil
	}
	return err
}

// RawPath reaches the same statement and does not: one handled caller does not speak for the other.
func (a *Activities) RawPath(ctx context.Context, name string) error {
	return insertCast(ctx, a.pool, name)
}
