// Package sqllog implements the log.
package sqllog

import (
	"context"
	"database/sql"
)

// Log is a table.
type Log struct{ DB *sql.DB }

// Append inserts.
func (l *Log) Append(ctx context.Context, event string) error {
	_, err := l.DB.ExecContext(ctx, "INSERT INTO events (event) VALUES ($1)", event)
	return err
}

// Last reads.
func (l *Log) Last(ctx context.Context) (event string, err error) {
	err = l.DB.QueryRowContext(ctx, "SELECT event FROM events ORDER BY id DESC LIMIT 1").Scan(&event)
	return event, err
}
