// Package conflicts handles the duplicate in each way that a dialect offers. Only the last activity is raw.
package conflicts

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// Activities runs against several databases.
type Activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

func (a *Activities) exec(ctx context.Context, query string, args ...any) error {
	_, err := a.db.ExecContext(ctx, query, args...)
	return err
}

// OnConflictDoNothing is PostgreSQL and SQLite.
func (a *Activities) OnConflictDoNothing(ctx context.Context, name string) error {
	return a.exec(ctx, "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
}

// OnConstraint names the constraint.
func (a *Activities) OnConstraint(ctx context.Context, name string) error {
	return a.exec(ctx, "INSERT INTO people (name) VALUES ($1) ON CONFLICT ON CONSTRAINT people_name_key DO NOTHING", name)
}

// OnDuplicateKey is MySQL.
func (a *Activities) OnDuplicateKey(ctx context.Context, name, show string) error {
	return a.exec(ctx, "INSERT INTO people (name, `show`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `show` = VALUES(`show`)", name, show)
}

// InsertIgnore is MySQL.
func (a *Activities) InsertIgnore(ctx context.Context, name string) error {
	return a.exec(ctx, "INSERT IGNORE INTO people (name) VALUES (?)", name)
}

// InsertOrIgnore is SQLite.
func (a *Activities) InsertOrIgnore(ctx context.Context, name string) error {
	return a.exec(ctx, "INSERT OR IGNORE INTO people (name) VALUES (?)", name)
}

// InsertOrReplace is SQLite.
func (a *Activities) InsertOrReplace(ctx context.Context, name string) error {
	return a.exec(ctx, "insert or replace into people (name) values (?)", name)
}

// ReplaceInto is MySQL and SQLite.
func (a *Activities) ReplaceInto(ctx context.Context, name string) error {
	return a.exec(ctx, "REPLACE INTO people (name) VALUES (?)", name)
}

// Partial conflict targets have a WHERE of their own.
func (a *Activities) Partial(ctx context.Context, name string) error {
	return a.exec(ctx, `INSERT INTO people (name) VALUES ($1)
		ON CONFLICT (name) WHERE left_at IS NULL DO UPDATE SET seen_at = now()
		WHERE people.seen_at < now()`, name)
}

// Counted is not idempotent either, but that is what the option counters is for: off by default.
func (a *Activities) Counted(ctx context.Context, name string) error {
	return a.exec(ctx, "INSERT INTO visits AS v (name, n) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET n = v.n + 1", name)
}

// Raw has nothing of all that: the second run adds a row or fails forever.
func (a *Activities) Raw(ctx context.Context, name string) error {
	return a.exec(ctx, "INSERT INTO people (name) VALUES (?)", name) // want `INSERT into people without`
}
