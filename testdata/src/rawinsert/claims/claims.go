// Package claims inserts what an earlier attempt cannot have inserted: a change of state, an inbox, an
// update or a lock comes first.
package claims

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun"
	"go.temporal.io/sdk/worker"
	"gorm.io/gorm"

	"example.com/corpus/rawinsert/claims/queries"
)

// Activities are idempotent, or look like it.
type Activities struct {
	db  *sql.DB
	g   *gorm.DB
	b   *bun.DB
	pgx pgx.Tx
}

func (a *Activities) in(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Pay claims by the count of an UPDATE, Refund by the row that one returns.
func (a *Activities) Pay(ctx context.Context, tx *sql.Tx, id string) error {
	q := queries.New(tx)
	n, err := q.MarkPaid(ctx, id)
	if err != nil || n == 0 {
		return err
	}
	return q.InsertPayment(ctx, id)
}

func (a *Activities) Refund(ctx context.Context, tx *sql.Tx, id string) error {
	q := queries.New(tx)
	if _, err := q.TakeRefund(ctx, id); errors.Is(err, sql.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	return q.InsertRefund(ctx, id)
}

// Fee claims through sqlc's interface.
func (a *Activities) Fee(ctx context.Context, tx *sql.Tx, id string) error {
	return fee(ctx, queries.New(tx), id)
}

func fee(ctx context.Context, q queries.Querier, id string) error {
	n, err := q.MarkPaid(ctx, id)
	if err != nil || n == 0 {
		return err
	}
	return q.InsertFee(ctx, id)
}

// Visit only asks whether there is a page: the next attempt finds it again.
func (a *Activities) Visit(ctx context.Context, tx *sql.Tx, id string) error {
	q := queries.New(tx)
	n, err := q.Touch(ctx, id)
	if err != nil || n == 0 {
		return err
	}
	return q.InsertVisit(ctx, id) // want `INSERT into visits without.*Activities.Visit`
}

type invoice struct {
	ID, State string
	No        int
}

type dunning struct{ ID string }

// Dun claims with gorm, Remind only finds.
func (a *Activities) Dun(ctx context.Context, id string, no int) error {
	return a.g.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		res := tx.Model(&invoice{}).Where("id = ? AND no = ?", id, no-1).Update("no", no)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return tx.Create(&dunning{id}).Error
	})
}

func (a *Activities) Close(ctx context.Context, id string) error {
	return a.g.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		res := tx.Model(&invoice{}).Where("id = ?", id).Where("state = ?", "open").Updates(map[string]any{"state": "closed"})
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return tx.Create(&dunning{id}).Error
	})
}

func (a *Activities) Remind(ctx context.Context, id string, no int) error {
	return a.g.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		res := tx.Model(&invoice{}).Where("id = ?", id).Update("no", no)
		if res.Error != nil || res.RowsAffected == 0 {
			return res.Error
		}
		return tx.Create(&dunning{id}).Error // want `INSERT into dunning without.*Activities.Remind`
	})
}

type bounce struct{ ID string }

// Bounce claims with bun, Ticket with squirrel.
func (a *Activities) Bounce(ctx context.Context, tx bun.Tx, id string) error {
	res, err := tx.NewUpdate().Table("mails").Set("state = ?", "bounced").Where("id = ?", id).Where("state = ?", "sent").Exec(ctx)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	_, err = tx.NewInsert().Model(&bounce{id}).Exec(ctx)
	return err
}

func (a *Activities) Ticket(ctx context.Context, tx *sql.Tx, id string) error {
	res, err := squirrel.Update("tickets").Set("state", "used").Where(squirrel.Eq{"id": id, "state": "sold"}).RunWith(tx).ExecContext(ctx)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	_, err = squirrel.Insert("ticket_log").Columns("id").Values(id).RunWith(tx).ExecContext(ctx)
	return err
}

// Put inserts where there was nothing to update, Log where there was.
func (a *Activities) Put(ctx context.Context, id, state string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "UPDATE states SET state = $1 WHERE id = $2", state, id)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		if n == 0 {
			_, err = tx.ExecContext(ctx, "INSERT INTO states (id, state) VALUES ($1, $2)", id, state)
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO changes (id, state) VALUES ($1, $2)", id, state) // want `INSERT into changes without.*Activities.Put`
		return err
	})
}

func isDuplicate(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}

// Receive leaves at a message that is in the inbox; Note goes on.
func (a *Activities) Receive(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO inbox (id) VALUES ($1)", id); err != nil {
			if isDuplicate(err) {
				return nil
			}
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO points (message) VALUES ($1)", id)
		return err
	})
}

func (a *Activities) Note(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "INSERT INTO inbox (id) VALUES ($1)", id); err != nil && !isDuplicate(err) {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO notes (message) VALUES ($1)", id) // want `INSERT into notes without.*Activities.Note`
		return err
	})
}

// Post leaves where the state that it locks says so, and sets it; Charge sets nothing.
func (a *Activities) Post(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		var status string
		if err := tx.QueryRowContext(ctx, "SELECT status FROM transfers WHERE id = $1 FOR UPDATE", id).Scan(&status); err != nil {
			return err
		}
		if status == "posted" {
			return nil
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO postings (transfer) VALUES ($1)", id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "UPDATE transfers SET status = 'posted' WHERE id = $1", id)
		return err
	})
}

func (a *Activities) Charge(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		var plan string
		if err := tx.QueryRowContext(ctx, "SELECT plan FROM customers WHERE id = $1 FOR UPDATE", id).Scan(&plan); err != nil {
			return err
		}
		if plan == "free" {
			return nil
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO charges (customer) VALUES ($1)", id) // want `INSERT into charges without.*Activities.Charge`
		return err
	})
}

// Ensure looks for the row under a lock; Find without one: two attempts may both find none.
func (a *Activities) Ensure(ctx context.Context, email string) (id int64, err error) {
	err = a.in(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext($1))", email); err != nil {
			return err
		}
		row := tx.QueryRowContext(ctx, "SELECT id FROM customers WHERE email = $1", email)
		err := row.Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO welcomes (email) VALUES ($1)", email); err != nil { // want `INSERT into welcomes without`
			return err
		}
		return tx.QueryRowContext(ctx, "INSERT INTO customers (email) VALUES ($1) RETURNING id", email).Scan(&id)
	})
	return id, err
}

func (a *Activities) Find(ctx context.Context, email string) (id int64, err error) {
	err = a.in(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT id FROM customers WHERE email = $1", email).Scan(&id)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return tx.QueryRowContext(ctx, "INSERT INTO customers (email) VALUES ($1) RETURNING id", email).Scan(&id) // want `INSERT into customers without.*Activities.Find`
	})
	return id, err
}

// Take deletes what it does.
func (a *Activities) Take(ctx context.Context) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		var id string
		err := tx.QueryRowContext(ctx, "DELETE FROM jobs WHERE id = (SELECT id FROM jobs LIMIT 1) RETURNING id").Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO taken (id) VALUES ($1)", id)
		return err
	})
}

// Replace sends a batch in the transaction that has deleted, Refill in another.
func (a *Activities) Replace(ctx context.Context, id string, lines []string) error {
	return pgx.BeginFunc(ctx, a.pgx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM lines WHERE invoice = $1", id); err != nil {
			return err
		}
		b := &pgx.Batch{}
		for _, line := range lines {
			b.Queue("INSERT INTO lines (invoice, line) VALUES ($1, $2)", id, line)
		}
		return tx.SendBatch(ctx, b).Close()
	})
}

func (a *Activities) Refill(ctx context.Context, id string, lines []string) error {
	return pgx.BeginFunc(ctx, a.pgx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "DELETE FROM lines WHERE invoice = $1", id); err != nil {
			return err
		}
		b := &pgx.Batch{}
		for _, line := range lines {
			b.Queue("INSERT INTO lines (invoice, line) VALUES ($1, $2)", id, line) // want `INSERT into lines without.*Activities.Refill`
		}
		return a.pgx.SendBatch(ctx, b).Close()
	})
}

var errAlready = errors.New("already")

// mark says with an error that another attempt has marked the row, dispose with a constant.
func mark(ctx context.Context, tx *sql.Tx, id string) error {
	res, err := tx.ExecContext(ctx, "INSERT INTO marks (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
	if err != nil {
		return fmt.Errorf("mark: %w", err)
	}
	if n, _ := res.RowsAffected(); n == 0 {
		return fmt.Errorf("mark %s: %w", id, errAlready)
	}
	return nil
}

type disposition string

const (
	fresh  disposition = "fresh"
	replay disposition = "replay"
)

func dispose(ctx context.Context, tx *sql.Tx, id string) (disposition, error) {
	res, err := tx.ExecContext(ctx, "INSERT INTO marks (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
	if err != nil {
		return fresh, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return replay, err
	}
	return fresh, nil
}

func (a *Activities) Marked(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		if err := mark(ctx, tx, id); errors.Is(err, errAlready) {
			return nil
		} else if err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO task_log (id) VALUES ($1)", id)
		return err
	})
}

// MarkedOrFails fails where the row has been marked.
func (a *Activities) MarkedOrFails(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		if err := mark(ctx, tx, id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO task_log (id) VALUES ($1)", id)
		return err
	})
}

// MarkedAnyway goes on.
func (a *Activities) MarkedAnyway(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		if err := mark(ctx, tx, id); err != nil && !errors.Is(err, errAlready) {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO task_log (id) VALUES ($1)", id) // want `INSERT into task_log without.*Activities.MarkedAnyway`
		return err
	})
}

// Before inserts first: its error is another one.
func (a *Activities) Before(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE tasks SET tries = tries + 1 WHERE id = $1", id)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO task_log (id) VALUES ($1)", id); err != nil { // want `INSERT into task_log without.*Activities.Before`
			return err
		}
		if err = mark(ctx, tx, id); errors.Is(err, errAlready) {
			return nil
		}
		return err
	})
}

func (a *Activities) Disposed(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		d, err := dispose(ctx, tx, id)
		if err != nil {
			return err
		}
		if d == replay {
			return nil
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO task_log (id) VALUES ($1)", id)
		return err
	})
}

// DisposedOther asks for another constant.
func (a *Activities) DisposedOther(ctx context.Context, id string) error {
	return a.in(ctx, func(tx *sql.Tx) error {
		d, err := dispose(ctx, tx, id)
		if err != nil || d == "" {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO task_log (id) VALUES ($1)", id) // want `INSERT into task_log without.*Activities.DisposedOther`
		return err
	})
}

// Register registers them.
func Register(w worker.Registry, a *Activities) { w.RegisterActivity(a) }
