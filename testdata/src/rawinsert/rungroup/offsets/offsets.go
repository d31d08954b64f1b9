// Package offsets keeps how far a consumer has come.
package offsets

import (
	"context"
	"database/sql"
)

// Table of offsets.
type Table struct{ DB *sql.DB }

// Append adds a line for each offset.
func (t *Table) Append(ctx context.Context, offset int64) error {
	_, err := t.DB.ExecContext(ctx, "INSERT INTO offsets (n) VALUES ($1)", offset)
	return err
}

// Advance changes one line.
func (t *Table) Advance(ctx context.Context, offset int64) error {
	_, err := t.DB.ExecContext(ctx, "UPDATE progress SET n = $1 WHERE n < $1", offset)
	return err
}
