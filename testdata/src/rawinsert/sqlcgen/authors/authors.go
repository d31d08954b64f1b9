// Package authors calls code that sqlc generated. Generated files are reported through their callers.
package authors

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/sqlcgen/db"
)

// Activities writes authors.
type Activities struct {
	pool *pgxpool.Pool
}

// Register makes the roles strong.
func Register(w worker.Worker, pool *pgxpool.Pool) {
	w.RegisterActivity(&Activities{pool: pool})
}

// AddAuthor runs the generated INSERT in a transaction.
func (a *Activities) AddAuthor(ctx context.Context, name string) (id int64, err error) {
	err = pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		author, err := db.New(a.pool).WithTx(tx).CreateAuthor(ctx, db.CreateAuthorParams{Name: name}) // want `INSERT into authors without.*AddAuthor.*CreateAuthor`
		id = author.ID
		return err
	})
	return id, err
}

// UpsertAuthor runs the generated upsert.
func (a *Activities) UpsertAuthor(ctx context.Context, name string) error {
	return db.New(a.pool).UpsertAuthor(ctx, db.UpsertAuthorParams{Name: name, Bio: new("unknown")})
}
