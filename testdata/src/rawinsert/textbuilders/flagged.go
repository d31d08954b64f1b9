// Package textbuilders puts statements together from pieces at run time.
package textbuilders

import (
	"context"
	"database/sql"
	"strings"

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

// Builder writes constant pieces only, so the text is known.
func (a *Activities) Builder(ctx context.Context, name string) error {
	var b strings.Builder
	b.WriteString("INSERT INTO people ") // want `INSERT into people without`
	b.WriteString("(name) ")
	b.WriteString("VALUES ($1)")
	_, err := a.db.ExecContext(ctx, b.String(), name)
	return err
}

// Joined joins constants with blanks.
func (a *Activities) Joined(ctx context.Context, name string) error {
	query := strings.Join([]string{
		"INSERT INTO people", // want `INSERT into people without`
		"(name)",
		"VALUES ($1)",
	}, " ")
	_, err := a.db.ExecContext(ctx, query, name)
	return err
}

// personInsert returns text and arguments, as hand-written query helpers do.
func personInsert(name, show string) (string, []any) {
	return "INSERT INTO people (name, show) VALUES ($1, $2)", []any{name, show} // want `INSERT into people without`
}

// FromHelper runs what the helper returns.
func (a *Activities) FromHelper(ctx context.Context, name, show string) error {
	query, args := personInsert(name, show)
	_, err := a.db.ExecContext(ctx, query, args...)
	return err
}

// Appended adds to a local with +=.
func (a *Activities) Appended(ctx context.Context, name string) error {
	query := "INSERT INTO people (name)" // want `INSERT into people without`
	query += " VALUES ($1)"
	_, err := a.db.ExecContext(ctx, query, name)
	return err
}

// Returning appends a clause that has nothing to do with conflicts.
func (a *Activities) Returning(ctx context.Context, table, name string) (id int64, err error) {
	query := "INSERT INTO " + table + " (name) VALUES ($1)" // want `INSERT into`
	err = a.db.QueryRowContext(ctx, query+" RETURNING id", name).Scan(&id)
	return id, err
}
