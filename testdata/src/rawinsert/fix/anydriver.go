package fix

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// AnyDriver may run on MySQL, which has no ON CONFLICT. Not fixed.
type AnyDriver struct {
	db *sql.DB
}

// RegisterAny makes the roles strong.
func RegisterAny(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&AnyDriver{db: db})
}

// AddAnywhere discards its result, but the type says nothing of the dialect.
func (a *AnyDriver) AddAnywhere(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return err
}
