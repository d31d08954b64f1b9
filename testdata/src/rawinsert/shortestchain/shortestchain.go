// Package shortestchain reaches one INSERT from three activities: one report, with the shortest chain.
package shortestchain

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

type roster struct{ db *sql.DB }

// Import is two calls away.
func (r *roster) Import(ctx context.Context, names []string) error {
	for _, name := range names {
		if err := r.enroll(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// Enroll is three calls away, through another activity that it calls as plain Go.
func (r *roster) Enroll(ctx context.Context, name string) error {
	return r.Import(ctx, []string{name})
}

// Add is one call away.
func (r *roster) Add(ctx context.Context, name string) error {
	return r.insert(ctx, name)
}

func (r *roster) enroll(ctx context.Context, name string) error {
	return r.insert(ctx, name)
}

func (r *roster) insert(ctx context.Context, name string) error {
	_, err := r.db.ExecContext(ctx, "INSERT INTO roster (name) VALUES ($1)", name) // want `INSERT into roster without.*Add -> .*insert`
	return err
}

// Register makes all exported methods activities.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&roster{db: db})
}
