// Package tagdb has the statements.
package tagdb

import (
	"context"
	"database/sql"
)

// Insert inserts.
func Insert(ctx context.Context, db *sql.DB, tag string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO tags (tag) VALUES ($1)", tag)
	return err
}

// InsertOnce inserts what is not there.
func InsertOnce(ctx context.Context, db *sql.DB, tag string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO tags (tag) VALUES ($1) ON CONFLICT (tag) DO NOTHING", tag)
	return err
}

// InsertLabel inserts.
func InsertLabel(ctx context.Context, db *sql.DB, label string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO labels (label) VALUES ($1)", label)
	return err
}

// InsertColor inserts.
func InsertColor(ctx context.Context, db *sql.DB, color string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO colors (color) VALUES ($1)", color)
	return err
}
