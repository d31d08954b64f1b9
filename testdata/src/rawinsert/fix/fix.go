// Package fix has statements to which ON CONFLICT DO NOTHING can be appended, and some to which it cannot.
package fix

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// Activities writes people to PostgreSQL, as the type of the pool says.
type Activities struct {
	pool *pgxpool.Pool
}

// Register makes the roles strong.
func Register(w worker.Worker, pool *pgxpool.Pool) {
	w.RegisterActivity(&Activities{pool: pool})
}

// Plain is a whole VALUES statement whose result is discarded: fixed.
func (a *Activities) Plain(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return err
}

// Raw ends in a newline and tabs within the literal: fixed.
func (a *Activities) Raw(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx /* want `INSERT into people without` */, `
		INSERT INTO people (name)
		VALUES ($1)
	`, name)
	return err
}

// Semicolon: the clause belongs before the semicolon.
func (a *Activities) Semicolon(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1);", name) // want `INSERT into people without`
	return err
}

// Batch queues: fixed.
func (a *Activities) Batch(ctx context.Context, name string) error {
	batch := &pgx.Batch{}
	batch.Queue("INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return a.pool.SendBatch(ctx, batch).Close()
}

// TrailingComment: a clause after a line comment would be a comment.
func (a *Activities) TrailingComment(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1) -- by hand", name) // want `INSERT into people without`
	return err
}

// Returning: on conflict no row would come back. Not fixed.
func (a *Activities) Returning(ctx context.Context, name string) (id int64, err error) {
	err = a.pool.QueryRow(ctx, "INSERT INTO people (name) VALUES ($1) RETURNING id", name).Scan(&id) // want `INSERT into people without`
	return id, err
}

// Counted: the number of rows is used. Not fixed.
func (a *Activities) Counted(ctx context.Context, name string) (int64, error) {
	tag, err := a.pool.Exec(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return tag.RowsAffected(), err
}

// Selected: no VALUES. Not fixed.
func (a *Activities) Selected(ctx context.Context) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) SELECT name FROM staging") // want `INSERT into people without`
	return err
}

// Pieces: the literal is not the whole statement. Not fixed.
func (a *Activities) Pieces(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO people (name) "+"VALUES ($1)", name) // want `INSERT into people without`
	return err
}
