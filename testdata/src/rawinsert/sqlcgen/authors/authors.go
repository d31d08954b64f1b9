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
		author, err := db.New(a.pool).WithTx(tx).CreateAuthor(ctx, db.CreateAuthorParams{Name: name}) // want `INSERT into authors without.*AddAuthor.*CreateAuthor.*; 1 more activity reaches it`
		id = author.ID
		return err
	})
	return id, err
}

// UpsertAuthor runs the generated upsert.
func (a *Activities) UpsertAuthor(ctx context.Context, name string) error {
	return db.New(a.pool).UpsertAuthor(ctx, db.UpsertAuthorParams{Name: name, Bio: new("unknown")})
}

// ReplaceAuthors deletes and inserts by generated methods of one transaction.
func (a *Activities) ReplaceAuthors(ctx context.Context, bio, name string) error {
	tx, err := a.pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	queries := db.New(a.pool).WithTx(tx)
	if err := queries.DeleteAuthors(ctx, &bio); err != nil {
		return err
	}
	if _, err := queries.CreateAuthor(ctx, db.CreateAuthorParams{Name: name, Bio: &bio}); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// execTx is what most programs with sqlc have.
func (a *Activities) execTx(ctx context.Context, do func(*db.Queries) error) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error { return do(db.New(tx)) })
}

// ReplaceInClosure gets the queries of a transaction.
func (a *Activities) ReplaceInClosure(ctx context.Context, bio, name string) error {
	return a.execTx(ctx, func(queries *db.Queries) error {
		if err := queries.DeleteAuthors(ctx, &bio); err != nil {
			return err
		}
		_, err := queries.CreateAuthor(ctx, db.CreateAuthorParams{Name: name, Bio: &bio})
		return err
	})
}

// ReplaceApart commits the first before it starts the second: it is the other activity that AddAuthor's report counts.
func (a *Activities) ReplaceApart(ctx context.Context, bio, name string) error {
	queries := db.New(a.pool)
	if err := queries.DeleteAuthors(ctx, &bio); err != nil {
		return err
	}
	_, err := queries.CreateAuthor(ctx, db.CreateAuthorParams{Name: name, Bio: &bio})
	return err
}
