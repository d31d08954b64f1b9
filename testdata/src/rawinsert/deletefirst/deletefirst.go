// Package deletefirst replaces rows: what a DELETE of the same table took away first may be inserted again.
package deletefirst

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// Activities replaces rosters.
type Activities struct {
	pool *pgxpool.Pool
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// ReplaceRoster deletes and inserts in one transaction: any number of runs leave the same rows.
func (a *Activities) ReplaceRoster(ctx context.Context, show string, names []string) error {
	tx, err := a.pool.Begin(ctx)
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx)
	if _, err := tx.Exec(ctx, "DELETE FROM roster WHERE show = $1", show); err != nil {
		return err
	}
	for _, name := range names {
		if _, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// ReplaceInClosure does it in a transaction closure.
func (a *Activities) ReplaceInClosure(ctx context.Context, show, name string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "delete from roster where show = $1", show); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "insert into roster (show, name) values ($1, $2)", show, name)
		return err
	})
}

func rosterTable() string { return "roster" }

// ReplaceByCopy names the table in a function.
func (a *Activities) ReplaceByCopy(ctx context.Context, show, name string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM roster WHERE show = $1", show); err != nil {
			return err
		}
		_, err := tx.CopyFrom(ctx, pgx.Identifier{rosterTable()}, []string{"show", "name"}, pgx.CopyFromRows([][]any{{show, name}}))
		return err
	})
}

// DeleteOther clears another table.
func (a *Activities) DeleteOther(ctx context.Context, show, name string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM drafts WHERE show = $1", show); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name) // want `INSERT into roster without`
		return err
	})
}

// DeleteAfter deletes too late: what the first attempt wrote is still there when the second inserts.
func (a *Activities) DeleteAfter(ctx context.Context, show, name string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name); err != nil { // want `INSERT into roster without`
			return err
		}
		_, err := tx.Exec(ctx, "DELETE FROM roster WHERE left_at < now()")
		return err
	})
}
