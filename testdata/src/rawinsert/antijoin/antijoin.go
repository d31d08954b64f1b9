// Package antijoin inserts only the rows that are not there yet.
package antijoin

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// Activities copies people from a staging table.
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

// NotExists selects what is missing.
func (a *Activities) NotExists(ctx context.Context, name string) error {
	return a.exec(ctx, `INSERT INTO people (name) SELECT $1
		WHERE NOT EXISTS (SELECT 1 FROM people WHERE name = $1)`, name)
}

// NotIn does the same with a list.
func (a *Activities) NotIn(ctx context.Context) error {
	return a.exec(ctx, "INSERT INTO people (name) SELECT name FROM staging WHERE name NOT IN (SELECT name FROM people)")
}

// LeftJoinIsNull is the classic anti-join.
func (a *Activities) LeftJoinIsNull(ctx context.Context) error {
	return a.exec(ctx, `
		INSERT INTO people (name)
		SELECT s.name
		FROM staging s
		LEFT JOIN people p ON p.name = s.name
		WHERE p.name IS NULL`)
}

// Except is not in the list of anti-joins that are understood, so it has a clause as well.
func (a *Activities) Except(ctx context.Context) error {
	return a.exec(ctx, "INSERT INTO people (name) SELECT name FROM staging EXCEPT SELECT name FROM people ON CONFLICT DO NOTHING")
}

// PlainSelect copies again on every retry.
func (a *Activities) PlainSelect(ctx context.Context) error {
	return a.exec(ctx, "INSERT INTO people (name) SELECT name FROM staging") // want `INSERT into people without`
}

// LeftJoinOnly keeps the matching rows too: a LEFT JOIN without IS NULL filters nothing.
func (a *Activities) LeftJoinOnly(ctx context.Context) error {
	return a.exec(ctx, "INSERT INTO people (name) SELECT s.name FROM staging s LEFT JOIN shows w ON w.id = s.show_id") // want `INSERT into people without`
}

// SoftDeleted: the NULL is on the side that every row has, so every row is inserted again.
func (a *Activities) SoftDeleted(ctx context.Context) error {
	return a.exec(ctx /* want `INSERT into people without` */, `
		INSERT INTO people (name)
		SELECT s.name FROM staging s LEFT JOIN shows w ON w.id = s.show WHERE s.deleted_at IS NULL`)
}
