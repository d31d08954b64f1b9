// Package locked looks under locks that helpers take, and counts what wrappers say.
package locked

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/locked/lease"
)

type Activities struct{ db *sql.DB }

func (a *Activities) in(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Slot looks under a lock that a function of another package takes.
func (a *Activities) Slot(ctx context.Context, source string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		if err := lease.Hold(ctx, tx, source); err != nil {
			return err
		}
		var taken bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM slots WHERE source = $1)`, source).Scan(&taken); err != nil || taken {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO slots (source) VALUES ($1)`, source)
		return err
	})
}

// Budget is run under the lock, Count is not.
func (a *Activities) Budget(ctx context.Context, month string) error {
	return lease.With(ctx, a.db, month, func(c *sql.Conn) error {
		var n int
		if err := c.QueryRowContext(ctx, `SELECT COUNT(*) FROM budgets WHERE month = ?`, month).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
		_, err := c.ExecContext(ctx, `INSERT INTO budgets (month) VALUES (?)`, month)
		return err
	})
}

func (a *Activities) Count(ctx context.Context, month string) error {
	return lease.Log(ctx, a.db, month, func(c *sql.Conn) error {
		var n int
		if err := c.QueryRowContext(ctx, `SELECT COUNT(*) FROM counts WHERE month = ?`, month).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return nil
		}
		_, err := c.ExecContext(ctx, `INSERT INTO counts (month) VALUES (?)`, month) // want `INSERT into counts without`
		return err
	})
}

// run says how many rows a statement has changed.
func (a *Activities) run(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := a.db.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// Touch inserts where the UPDATE has found none, Bump in any case.
func (a *Activities) Touch(ctx context.Context, id string) error {
	n, err := a.run(ctx, `UPDATE marks SET newest = now() WHERE id = $1`, id)
	if err != nil || n > 0 {
		return err
	}
	_, err = a.run(ctx, `INSERT INTO marks (id, newest) VALUES ($1, now())`, id)
	return err
}

func (a *Activities) Bump(ctx context.Context, id string) error {
	n, err := a.run(ctx, `UPDATE marks SET newest = now() WHERE id = $1`, id)
	if err != nil || n == 0 {
		return err
	}
	_, err = a.run(ctx, `INSERT INTO bumps (id) VALUES ($1)`, id) // want `INSERT into bumps without`
	return err
}

func Register(w worker.Worker) { w.RegisterActivity(&Activities{}) }
