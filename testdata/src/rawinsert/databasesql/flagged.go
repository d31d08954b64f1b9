// Package databasesql writes rows through database/sql.
package databasesql

import (
	"context"
	"database/sql"
	"fmt"

	"go.temporal.io/sdk/worker"
)

// Family is registered as a whole: each exported method is an activity.
type Family struct {
	db *sql.DB
}

// Register makes the roles in this package strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&Family{db: db})
}

// AddNewKardashian inserts at once: a retry after a lost reply adds the row again.
func (f *Family) AddNewKardashian(ctx context.Context, name string) error {
	_, err := f.db.ExecContext(ctx, "INSERT INTO kardashians (name) VALUES ($1)", name) // want `INSERT into kardashians without ON CONFLICT: a retried activity inserts the row again \(.*AddNewKardashian`
	return err
}

// AddInTransaction commits, and the reply may be lost after the commit.
func (f *Family) AddInTransaction(ctx context.Context, name string) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil { // want `INSERT into people without`
		return fmt.Errorf("add %s: %w", name, err)
	}
	return tx.Commit()
}

// AddReturningID reads the new key with a query: RETURNING does not make the row unique.
func (f *Family) AddReturningID(ctx context.Context, name string) (int64, error) {
	var id int64
	err := f.db.QueryRowContext(ctx, "INSERT INTO people (name) VALUES ($1) RETURNING id", name).Scan(&id) // want `INSERT into people without`
	return id, err
}

// AddMany prepares the statement, which is where its text stands.
func (f *Family) AddMany(ctx context.Context, names []string) error {
	stmt, err := f.db.PrepareContext(ctx, "INSERT INTO people (name) VALUES ($1)") // want `INSERT into people without`
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, name := range names {
		if _, err := stmt.ExecContext(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// AddWithoutContext uses the older methods, which are the same sinks.
func (f *Family) AddWithoutContext(_ context.Context, name string) error {
	_, err := f.db.Exec("INSERT INTO shows (title) VALUES (?)", name) // want `INSERT into shows without`
	return err
}

// AddTwice holds two statements: one report an INSERT.
func (f *Family) AddTwice(ctx context.Context, name string) error {
	if _, err := f.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name); err != nil { // want `INSERT into people without`
		return err
	}
	_, err := f.db.ExecContext(ctx, "INSERT INTO audit (subject) VALUES ($1)", name) // want `INSERT into audit without`
	return err
}

// AddOnPinnedConnection takes one connection out of the pool; nothing changes for the row.
func (f *Family) AddOnPinnedConnection(ctx context.Context, name string) error {
	conn, err := f.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return err
}
