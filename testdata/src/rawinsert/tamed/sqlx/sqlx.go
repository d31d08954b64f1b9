// Package sqlx has functions that are given SQL text, and add to it.
package sqlx

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Upsert adds the clause.
func Upsert(ctx context.Context, db *sql.DB, query string, args ...any) error {
	fmt.Println("running", query)
	_, err := db.ExecContext(ctx, query+" ON CONFLICT DO NOTHING", args...)
	return err
}

// Formatted adds the clause.
func Formatted(ctx context.Context, db *sql.DB, query string, args ...any) error {
	return run(ctx, db, fmt.Sprintf("%s ON CONFLICT (id) DO UPDATE SET id = excluded.id", query), args)
}

func run(ctx context.Context, db *sql.DB, query string, args []any) error {
	_, err := db.ExecContext(ctx, query, args...)
	return err
}

// Plain does not.
func Plain(ctx context.Context, db *sql.DB, query string, args ...any) error {
	return run(ctx, db, query, args)
}

// Sometimes does, if it is told to.
func Sometimes(ctx context.Context, db *sql.DB, quiet bool, query string, args ...any) error {
	if quiet {
		return Upsert(ctx, db, query, args...)
	}
	return Plain(ctx, db, query, args...)
}

// Trimmed does, if it is told to; else the text is still the caller's.
func Trimmed(ctx context.Context, db *sql.DB, quiet bool, query string) error {
	if quiet {
		return run(ctx, db, query+" ON CONFLICT DO NOTHING", nil)
	}
	return run(ctx, db, strings.TrimSpace(query), nil)
}

// Leading comes before the text.
func Leading(ctx context.Context, db *sql.DB, query string) error {
	return run(ctx, db, "/* ON CONFLICT */ "+query, nil)
}

// DB adds the clause.
type DB struct{ DB *sql.DB }

// Upsert adds the clause.
func (d *DB) Upsert(ctx context.Context, query string) error { return Upsert(ctx, d.DB, query) }

// Exec does not, in spite of its name's cousin.
func (d *DB) Exec(ctx context.Context, query string) error { return Plain(ctx, d.DB, query) }
