// Package base is embedded by activities.
package base

import (
	"context"
	"database/sql"
)

// Writer has what all activities share.
type Writer struct {
	DB *sql.DB
}

// Record is promoted to whoever embeds Writer, and so registered with it.
func (w *Writer) Record(ctx context.Context, event string) error {
	_, err := w.DB.ExecContext(ctx, "INSERT INTO records (event) VALUES ($1)", event)
	return err
}

// count is not promoted as an activity: unexported.
func (w *Writer) count(ctx context.Context) error {
	_, err := w.DB.ExecContext(ctx, "INSERT INTO counts DEFAULT VALUES")
	return err
}

var _ = (*Writer).count
