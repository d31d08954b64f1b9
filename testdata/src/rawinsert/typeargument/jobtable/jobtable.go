// Package jobtable has two stores.
package jobtable

import (
	"context"
	"database/sql"
)

// Table inserts.
type Table struct{ DB *sql.DB }

// InsertJob adds a job at each call.
func (t *Table) InsertJob(ctx context.Context, kind string) error {
	_, err := t.DB.ExecContext(ctx, "INSERT INTO jobs (kind) VALUES ($1)", kind)
	return err
}

// Channel keeps jobs in memory.
type Channel chan string

// InsertJob sends.
func (c Channel) InsertJob(ctx context.Context, kind string) error {
	select {
	case c <- kind:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
