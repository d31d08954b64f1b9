// Package deletefirst replaces rows: what a DELETE of the same table took away first may be inserted again.
package deletefirst

import (
	"context"
	"fmt"

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

// ReplaceByBatch sends both at once: a batch is a transaction.
func (a *Activities) ReplaceByBatch(ctx context.Context, show string, names []string) error {
	batch := &pgx.Batch{}
	batch.Queue("DELETE FROM roster WHERE show = $1", show)
	for _, name := range names {
		batch.Queue("INSERT INTO roster (show, name) VALUES ($1, $2)", show, name)
	}
	return a.pool.SendBatch(ctx, batch).Close()
}

func execLogged(ctx context.Context, tx pgx.Tx, query string, args ...any) error {
	_, err := tx.Exec(ctx, query, args...)
	return err
}

// ReplaceByWrapper hands the transaction to a wrapper.
func (a *Activities) ReplaceByWrapper(ctx context.Context, show, name string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if err := execLogged(ctx, tx, "DELETE FROM roster WHERE show = $1", show); err != nil {
			return err
		}
		return execLogged(ctx, tx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name)
	})
}

type txKey struct{}

func txFrom(ctx context.Context) pgx.Tx {
	tx, _ := ctx.Value(txKey{}).(pgx.Tx)
	return tx
}

// ReplaceByContext finds the transaction in the context.
func (a *Activities) ReplaceByContext(ctx context.Context, show, name string) error {
	if _, err := txFrom(ctx).Exec(ctx, "DELETE FROM roster WHERE show = $1", show); err != nil {
		return err
	}
	_, err := txFrom(ctx).Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name)
	return err
}

// ReplaceByScript has both in one text.
func (a *Activities) ReplaceByScript(ctx context.Context) error {
	_, err := a.pool.Exec(ctx, "DELETE FROM roster; INSERT INTO roster (show, name) SELECT show, name FROM drafts")
	return err
}

// ScriptBackwards inserts first.
func (a *Activities) ScriptBackwards(ctx context.Context) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO roster (name) VALUES ('guest'); DELETE FROM roster WHERE show IS NULL") // want `INSERT into roster without`
	return err
}

func clearRoster(ctx context.Context, tx pgx.Tx, show string) error {
	_, err := tx.Exec(ctx, "DELETE FROM roster WHERE show = $1", show)
	return err
}

func addRoster(ctx context.Context, tx pgx.Tx, show, name string) error {
	_, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name)
	return err
}

// ReplaceByHelpers gives both the same transaction.
func (a *Activities) ReplaceByHelpers(ctx context.Context, show string, names []string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if err := clearRoster(ctx, tx, show); err != nil {
			return err
		}
		for _, name := range names {
			if err := addRoster(ctx, tx, show, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func stage(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, "CREATE TEMP TABLE staged (LIKE roster) ON COMMIT DROP")
	return err
}

// Stage writes to a temporary table that a helper makes.
func (a *Activities) Stage(ctx context.Context, name string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if err := stage(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO staged (name) VALUES ($1)", name); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO roster (name) SELECT name FROM staged ON CONFLICT DO NOTHING")
		return err
	})
}

// DeleteOrInsert does one of the two.
func (a *Activities) DeleteOrInsert(ctx context.Context, show, name string, left bool) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if left {
			_, err := tx.Exec(ctx, "DELETE FROM roster WHERE name = $1", name)
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name) // want `INSERT into roster without`
		return err
	})
}

// DeleteApart deletes outside of the transaction.
func (a *Activities) DeleteApart(ctx context.Context, show, name string) error {
	if _, err := a.pool.Exec(ctx, "DELETE FROM roster WHERE show = $1", show); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name) // want `INSERT into roster without`
		return err
	})
}

// Rebuild makes the table anew, Append only sees to it that it is there.
func (a *Activities) Rebuild(ctx context.Context) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		for _, q := range []string{
			`DROP TABLE IF EXISTS daily_new`,
			`CREATE TABLE daily_new (LIKE daily INCLUDING ALL)`,
			`INSERT INTO daily_new SELECT day, sum(value) FROM facts GROUP BY day`,
		} {
			if _, err := tx.Exec(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *Activities) Append(ctx context.Context) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `CREATE TABLE IF NOT EXISTS daily_new (LIKE daily INCLUDING ALL)`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO daily_new SELECT day, sum(value) FROM facts GROUP BY day`) // want `INSERT into daily_new without`
		return err
	})
}

// clearTable is told which table.
func clearTable(ctx context.Context, tx pgx.Tx, table, show string) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`DELETE FROM %s WHERE show = $1`, table), show)
	return err
}

func (a *Activities) Again(ctx context.Context, show, name string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if err := clearTable(ctx, tx, "roster", show); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name)
		return err
	})
}

func (a *Activities) Other(ctx context.Context, show, name, table string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if err := clearTable(ctx, tx, "guests", show); err != nil {
			return err
		}
		if err := clearTable(ctx, tx, table, show); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO roster (show, name) VALUES ($1, $2)", show, name) // want `INSERT into roster without`
		return err
	})
}

// Renew sends a batch that is a variable.
func (a *Activities) Renew(ctx context.Context, show string, names []string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM roster WHERE show = $1", show); err != nil {
			return err
		}
		var b pgx.Batch
		for _, name := range names {
			b.Queue("INSERT INTO roster (show, name) VALUES ($1, $2)", show, name)
		}
		return tx.SendBatch(ctx, &b).Close()
	})
}

// The steps of a table run in order.
type step struct{ name, sql string }

var daily = []step{
	{"clear", "DELETE FROM daily WHERE day = $1"},
	{"count", "INSERT INTO daily (day, n) SELECT day, count(*) FROM facts WHERE day = $1 GROUP BY 1"},
}

var weekly = []step{
	{"look", "ANALYZE daily"},
	{"count", "INSERT INTO weekly (day, n) SELECT day, count(*) FROM facts WHERE day = $1 GROUP BY 1"}, // want `INSERT into weekly without`
}

func (a *Activities) Daily(ctx context.Context, day string) error { return a.run(ctx, daily, day) }

func (a *Activities) Weekly(ctx context.Context, day string) error { return a.run(ctx, weekly, day) }

func (a *Activities) run(ctx context.Context, steps []step, day string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		for _, s := range steps {
			if _, err := tx.Exec(ctx, s.sql, day); err != nil {
				return err
			}
		}
		return nil
	})
}
