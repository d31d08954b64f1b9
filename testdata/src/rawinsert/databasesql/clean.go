package databasesql

import (
	"context"
	"database/sql"
)

// Upsert names the conflict, so a second run changes nothing.
func (f *Family) Upsert(ctx context.Context, name, show string) error {
	_, err := f.db.ExecContext(ctx,
		"INSERT INTO people (name, show) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET show = EXCLUDED.show",
		name, show)
	return err
}

// AddOnce skips the row that is already there.
func (f *Family) AddOnce(ctx context.Context, name string) error {
	_, err := f.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	return err
}

// Rename only updates: an UPDATE of the same values is idempotent.
func (f *Family) Rename(ctx context.Context, from, to string) error {
	_, err := f.db.ExecContext(ctx, "UPDATE people SET name = $2 WHERE name = $1", from, to)
	return err
}

// Find only reads. The column happens to be called insert_time.
func (f *Family) Find(ctx context.Context, name string) (*sql.Rows, error) {
	return f.db.QueryContext(ctx, "SELECT id, insert_time FROM people WHERE name = $1", name)
}

// seed is unexported and nothing calls it, so it is no activity although its receiver is registered.
func (f *Family) seed(ctx context.Context) error {
	_, err := f.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ('Kris')")
	return err
}

var _ = (*Family).seed
