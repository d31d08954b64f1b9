// Package memberdb has the statements.
package memberdb

import (
	"context"
	"database/sql"
)

// DB is a table of members.
type DB struct {
	DB *sql.DB
}

// Insert inserts.
func (d *DB) Insert(ctx context.Context, name string) error {
	_, err := d.DB.ExecContext(ctx, "INSERT INTO members (name) VALUES ($1)", name)
	return err
}

// Delete deletes.
func (d *DB) Delete(ctx context.Context, name string) error {
	_, err := d.DB.ExecContext(ctx, "DELETE FROM members WHERE name = $1", name)
	return err
}
