// Package tasks has the activities, which know nothing of Temporal.
package tasks

import (
	"context"
	"database/sql"
)

// Tasks have a database.
type Tasks struct{ DB *sql.DB }

// Index is registered for one queue.
func (t *Tasks) Index(ctx context.Context, name string) error {
	_, err := t.DB.ExecContext(ctx, "INSERT INTO indexed (name) VALUES ($1)", name)
	return err
}

// Notify is registered for another.
func (t *Tasks) Notify(ctx context.Context, name string) error {
	_, err := t.DB.ExecContext(ctx, "INSERT INTO notes (name) VALUES ($1)", name)
	return err
}

// Executed is only ever executed, by an interface.
func (t *Tasks) Executed(ctx context.Context, name string) error {
	_, err := t.DB.ExecContext(ctx, "INSERT INTO executed (name) VALUES ($1)", name)
	return err
}

// Unregistered is not in any list.
func (t *Tasks) Unregistered(ctx context.Context, name string) error {
	_, err := t.DB.ExecContext(ctx, "INSERT INTO unregistered (name) VALUES ($1)", name)
	return err
}

// Report is a callback.
func (t *Tasks) Report(err error) {
	_, _ = t.DB.Exec("INSERT INTO failures (text) VALUES ($1)", err.Error())
}
