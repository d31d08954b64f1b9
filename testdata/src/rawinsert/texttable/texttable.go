// Package texttable keeps its SQL in tables: a constant key or a field says which of the texts runs.
package texttable

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

// Activities writes people.
type Activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

var byName = map[string]string{
	"add":  "INSERT INTO people (name) VALUES ($1)", // want `INSERT into people without.*Activities.Add\)`
	"skip": "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING",
	"late": "INSERT INTO latecomers (name) VALUES ($1)",
}

// Add runs the one that has no clause.
func (a *Activities) Add(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, byName["add"], name)
	return err
}

// Skip runs the one that has.
func (a *Activities) Skip(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, byName["skip"], name)
	return err
}

type kind int

const (
	plain kind = iota
	upsert
)

var byKind = [...]string{
	plain:  "INSERT INTO shows (title) VALUES ($1)",
	upsert: "INSERT INTO shows (title) VALUES ($1) ON CONFLICT DO NOTHING",
}

// Upsert has a constant index.
func (a *Activities) Upsert(ctx context.Context, title string) error {
	_, err := a.db.ExecContext(ctx, byKind[upsert], title)
	return err
}

var anyKind = [...]string{
	plain:  "INSERT INTO seasons (title) VALUES ($1)", // want `INSERT into seasons without.*Activities.Any`
	upsert: "INSERT INTO seasons (title) VALUES ($1) ON CONFLICT DO NOTHING",
}

// Any has an index that is not known.
func (a *Activities) Any(ctx context.Context, k kind, title string) error {
	_, err := a.db.ExecContext(ctx, anyKind[k], title)
	return err
}

type statements struct{ Add, Get string }

const insertEpisode = "INSERT INTO episodes (title) VALUES ($1)" // want `INSERT into episodes without.*Activities.AddEpisode`

var queries = struct{ Episodes, Cast *statements }{
	Episodes: &statements{Add: insertEpisode, Get: "SELECT title FROM episodes"},
	Cast:     &statements{"INSERT INTO cast_members (name) VALUES ($1)", "SELECT name FROM cast_members"},
}

// AddEpisode selects a field of a field.
func (a *Activities) AddEpisode(ctx context.Context, title string) error {
	_, err := a.db.ExecContext(ctx, queries.Episodes.Add, title)
	return err
}

// Read selects another.
func (a *Activities) Read(ctx context.Context) error {
	if _, err := a.db.ExecContext(ctx, queries.Episodes.Get); err != nil {
		return err
	}
	_, err := a.db.ExecContext(ctx, queries.Cast.Get)
	return err
}

type migration struct{ up, down string }

var migrations = []migration{
	{up: "INSERT INTO kinds (name) VALUES ('drama')", down: "DELETE FROM kinds"},
}

// Count runs none of them.
func (a *Activities) Count(context.Context) (int, error) {
	last := 0
	for i := range migrations {
		last = i
	}
	return last + len(migrations), nil
}

var seeds = []string{
	"INSERT INTO genres (name) VALUES ('drama')", // want `INSERT into genres without.*Activities.Seed`
}

// Seed runs all.
func (a *Activities) Seed(ctx context.Context) error {
	for _, seed := range seeds {
		if _, err := a.db.ExecContext(ctx, seed); err != nil {
			return err
		}
	}
	return nil
}
