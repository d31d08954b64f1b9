// Package markers inserts a row that says whether the rest has been done.
package markers

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

type activities struct {
	pool *pgxpool.Pool
	db   *sql.DB
	log  journal
}

type journal interface {
	Append(ctx context.Context, id string) error
}

type table struct{ db *sql.DB }

func (t table) Append(ctx context.Context, id string) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO journal (id) VALUES ($1)", id)
	return err
}

// Close goes on only where the marker is new.
func (a *activities) Close(ctx context.Context, id string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, "INSERT INTO closings (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		_, err = tx.Exec(ctx, "INSERT INTO statements (id) VALUES ($1)", id)
		return err
	})
}

// Open counts the rows first, and calls a helper and an interface where there is one.
func (a *activities) Open(ctx context.Context, id string) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	res, err := tx.ExecContext(ctx, "INSERT INTO openings (id) VALUES ($1) ON CONFLICT (id) DO NOTHING", id)
	if err != nil {
		return err
	}
	if n, _ := res.RowsAffected(); n > 0 {
		if err := greet(ctx, tx, id); err != nil {
			return err
		}
		if err := a.log.Append(ctx, id); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func greet(ctx context.Context, tx *sql.Tx, id string) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO greetings (id) VALUES ($1)", id)
	return err
}

// Receive reads whether the marker is new.
func (a *activities) Receive(ctx context.Context, id string) error {
	tx, err := a.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var fresh bool
	err = tx.QueryRowContext(ctx, "INSERT INTO inbox (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING true", id).Scan(&fresh)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO receipts (id) VALUES ($1)", id); err != nil {
		return err
	}
	return tx.Commit()
}

// Count notes how often it was asked, marker or not.
func (a *activities) Count(ctx context.Context, id string) (bool, error) {
	tag, err := a.pool.Exec(ctx, "INSERT INTO counted (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
	if err != nil {
		return false, err
	}
	fresh := tag.RowsAffected() == 1
	_, err = a.pool.Exec(ctx, "INSERT INTO questions (id) VALUES ($1)", id) // want `INSERT into questions without.*Count`
	return fresh, err
}

// Known does the rest where the marker is there already, which is every time but the first.
func (a *activities) Known(ctx context.Context, id string) error {
	tag, err := a.pool.Exec(ctx, "INSERT INTO visitors (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		_, err = a.pool.Exec(ctx, "INSERT INTO visits (id) VALUES ($1)", id) // want `INSERT into visits without.*Known`
	}
	return err
}

// Debit changes a row every time that it runs: that it is there is no marker.
func (a *activities) Debit(ctx context.Context, id string) error {
	tag, err := a.pool.Exec(ctx, "UPDATE accounts SET balance = balance - 1 WHERE id = $1", id)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return errors.New("no such account")
	}
	_, err = a.pool.Exec(ctx, "INSERT INTO debits (id) VALUES ($1)", id) // want `INSERT into debits without.*Debit`
	return err
}

// claim says whether a key is new.
func claim(ctx context.Context, tx pgx.Tx, key string) (bool, error) {
	tag, err := tx.Exec(ctx, "INSERT INTO keys (key) VALUES ($1) ON CONFLICT DO NOTHING", key)
	if err != nil {
		return false, err
	}
	return tag.RowsAffected() == 1, nil
}

// Claim goes on only where the key is new.
func (a *activities) Claim(ctx context.Context, key string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		fresh, err := claim(ctx, tx, key)
		if err != nil || !fresh {
			return err
		}
		_, err = tx.Exec(ctx, "INSERT INTO claims (key) VALUES ($1)", key)
		return err
	})
}

// Ask asks, and goes on in any case.
func (a *activities) Ask(ctx context.Context, key string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if _, err := claim(ctx, tx, key); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO asked (key) VALUES ($1)", key) // want `INSERT into asked without.*Ask`
		return err
	})
}

// once runs a function where the key is new.
func (a *activities) once(ctx context.Context, key string, f func(tx pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		fresh, err := claim(ctx, tx, key)
		if err != nil {
			return err
		}
		if !fresh {
			return nil
		}
		return f(tx)
	})
}

// Once hands it a closure.
func (a *activities) Once(ctx context.Context, key string) error {
	return a.once(ctx, key, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO once (key) VALUES ($1)", key)
		return err
	})
}

// Pay changes the state of an order once.
func (a *activities) Pay(ctx context.Context, id string) error {
	return pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, "UPDATE orders SET state = 'paid' WHERE id = $1 AND state = 'open'", id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return nil
		}
		_, err = tx.Exec(ctx, "INSERT INTO payments (id) VALUES ($1)", id)
		return err
	})
}

// Register makes the roles strong.
func Register(w worker.Worker, pool *pgxpool.Pool, db *sql.DB) {
	w.RegisterActivity(&activities{pool: pool, db: db, log: table{db}})
}
