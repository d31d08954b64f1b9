// Package sqlstorage is the implementation with SQL.
package sqlstorage

import (
	"context"
	"database/sql"
)

// Objects is a table.
type Objects struct{ DB *sql.DB }

// Create inserts.
func (o Objects) Create(ctx context.Context, key string) error {
	_, err := o.DB.ExecContext(ctx, "INSERT INTO objects (key) VALUES ($1)", key)
	return err
}
