// Package replaced deletes and inserts through interfaces, of which nobody knows whether they hold a
// transaction.
package replaced

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// DBTX is a database or a transaction.
type DBTX interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Pool is no transaction: it begins them.
type Pool interface {
	DBTX
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

// Queries runs statements.
type Queries struct{ db DBTX }

// DeleteLines deletes.
func (q *Queries) DeleteLines(ctx context.Context, order string) error {
	_, err := q.db.ExecContext(ctx, "DELETE FROM lines WHERE order_id = $1", order)
	return err
}

// InsertLine inserts.
func (q *Queries) InsertLine(ctx context.Context, order string) error {
	_, err := q.db.ExecContext(ctx, "INSERT INTO lines (order_id) VALUES ($1)", order)
	return err
}

// InsertPayment inserts something else.
func (q *Queries) InsertPayment(ctx context.Context, order string) error {
	_, err := q.db.ExecContext(ctx, "INSERT INTO payments (order_id) VALUES ($1)", order) // want `INSERT into payments without.*Pay`
	return err
}

// InsertNote inserts before notes are deleted.
func (q *Queries) InsertNote(ctx context.Context, order string) error {
	_, err := q.db.ExecContext(ctx, "INSERT INTO notes (order_id) VALUES ($1)", order) // want `INSERT into notes without.*Note`
	return err
}

// DeleteNotes deletes.
func (q *Queries) DeleteNotes(ctx context.Context, order string) error {
	_, err := q.db.ExecContext(ctx, "DELETE FROM notes WHERE order_id = $1", order)
	return err
}

// Querier is what sqlc makes of them.
type Querier interface {
	DeleteLines(ctx context.Context, order string) error
	InsertLine(ctx context.Context, order string) error
	InsertPayment(ctx context.Context, order string) error
	InsertNote(ctx context.Context, order string) error
	DeleteNotes(ctx context.Context, order string) error
}

// Do runs a function in a transaction.
func Do(ctx context.Context, db *sql.DB, f func(q Querier) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(&Queries{tx}); err != nil {
		return err
	}
	return tx.Commit()
}

type activities struct{ db *sql.DB }

// Replace deletes first.
func (a *activities) Replace(ctx context.Context, order string) error {
	return Do(ctx, a.db, func(q Querier) error {
		if err := q.DeleteLines(ctx, order); err != nil {
			return err
		}
		return q.InsertLine(ctx, order)
	})
}

// Pay deletes something else first.
func (a *activities) Pay(ctx context.Context, order string) error {
	return Do(ctx, a.db, func(q Querier) error {
		if err := q.DeleteLines(ctx, order); err != nil {
			return err
		}
		return q.InsertPayment(ctx, order)
	})
}

// Note deletes too late.
func (a *activities) Note(ctx context.Context, order string) error {
	return Do(ctx, a.db, func(q Querier) error {
		if err := q.InsertNote(ctx, order); err != nil {
			return err
		}
		return q.DeleteNotes(ctx, order)
	})
}

// Tags replaces through what may be a transaction.
func (a *activities) Tags(ctx context.Context, order string) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := replaceTags(ctx, tx, order); err != nil {
		return err
	}
	return tx.Commit()
}

func replaceTags(ctx context.Context, db DBTX, order string) error {
	if _, err := db.ExecContext(ctx, "DELETE FROM public.tags WHERE order_id = $1", order); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, "INSERT INTO tags (order_id) VALUES ($1)", order)
	return err
}

// Marks replaces through what is none.
func (a *activities) Marks(ctx context.Context, order string) error {
	return replaceMarks(ctx, a.db, order)
}

func replaceMarks(ctx context.Context, db Pool, order string) error {
	if _, err := db.ExecContext(ctx, "DELETE FROM marks WHERE order_id = $1", order); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, "INSERT INTO marks (order_id) VALUES ($1)", order) // want `INSERT into marks without.*Marks`
	return err
}

type key struct{}

// from is the transaction that a context has, or the database.
func from(ctx context.Context, db *sql.DB) DBTX {
	if tx, ok := ctx.Value(key{}).(*sql.Tx); ok {
		return tx
	}
	return db
}

func (a *activities) deleteFlags(ctx context.Context, order string) error {
	_, err := from(ctx, a.db).ExecContext(ctx, "DELETE FROM flags WHERE order_id = $1", order)
	return err
}

func (a *activities) insertFlags(ctx context.Context, order string) error {
	_, err := from(ctx, a.db).ExecContext(ctx, "INSERT INTO flags (order_id) VALUES ($1)", order)
	return err
}

// Flags has its transaction in the context.
func (a *activities) Flags(ctx context.Context, order string) error {
	if err := a.deleteFlags(ctx, order); err != nil {
		return err
	}
	return a.insertFlags(ctx, order)
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) { w.RegisterActivity(&activities{db}) }
