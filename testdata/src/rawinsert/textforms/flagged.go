// Package textforms writes one statement in the many shapes that SQL text takes in Go.
package textforms

import (
	"context"
	"database/sql"
	"fmt"

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

const peopleTable = "people"

const columns = "(name, show)"

// auditInsert is a package variable that nothing assigns again.
var auditInsert = "INSERT INTO audit (subject) VALUES ($1)" // want `INSERT into audit without`

// LowerCase: keywords have no case.
func (a *Activities) LowerCase(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "insert into people (name) values ($1)", name) // want `INSERT into people without`
	return err
}

// LeadingNewline: the statement starts in the literal's second line, the report stands where the literal starts.
func (a *Activities) LeadingNewline(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx /* want `INSERT into people without` */, `
		INSERT INTO people (name)
		VALUES ($1)
	`, name)
	return err
}

// TableOnNextLine: INSERT INTO ends its line.
func (a *Activities) TableOnNextLine(ctx context.Context, name string) error {
	const q = /* want `INSERT into people without` */ `
		INSERT INTO
			people (name)
		VALUES
			($1)`
	_, err := a.db.ExecContext(ctx, q, name)
	return err
}

// Comments: a comment that mentions ON CONFLICT is not a conflict clause.
func (a *Activities) Comments(ctx context.Context, name string) error {
	const q = /* want `INSERT into people without` */ `
		-- names come from the show
		INSERT /* new ones */ INTO people (name) -- no ON CONFLICT DO NOTHING yet
		VALUES ($1)`
	_, err := a.db.ExecContext(ctx, q, name)
	return err
}

// Literal: a value that spells the clause is not the clause.
func (a *Activities) Literal(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ('ON CONFLICT DO NOTHING')") // want `INSERT into people without`
	return err
}

// Concatenated over several lines, with raw and plain literals mixed.
func (a *Activities) Concatenated(ctx context.Context, name, show string) error {
	_, err := a.db.ExecContext(ctx,
		`INSERT INTO people `+ // want `INSERT into people without`
			"(name, show) "+
			`VALUES `+
			"($1, $2)", name, show)
	return err
}

// FromConstants: table and columns are constants, so the whole text is known.
func (a *Activities) FromConstants(ctx context.Context, name, show string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO "+peopleTable+" "+columns+" VALUES ($1, $2)", name, show) // want `INSERT into people without`
	return err
}

// Formatted: the table is a hole, the statement's end is known.
func (a *Activities) Formatted(ctx context.Context, table, name string) error {
	_, err := a.db.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (name) VALUES ($1)", table), name) // want `INSERT into`
	return err
}

// Indexed verbs name the same table twice.
func (a *Activities) Indexed(ctx context.Context, table string) error {
	q := fmt.Sprintf("INSERT INTO %[1]v_archive (name) SELECT name FROM %[1]v WHERE left_at IS NOT NULL", table) // want `INSERT into`
	_, err := a.db.ExecContext(ctx, q)
	return err
}

// Quoted and qualified names are names.
func (a *Activities) Quoted(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, `INSERT INTO "public"."people" ("name") VALUES ($1)`, name) // want `INSERT into .*people`
	return err
}

// PackageVariable runs text that stands at the top of the file.
func (a *Activities) PackageVariable(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, auditInsert, name)
	return err
}

// OtherFile runs a constant of queries.go: the report stands there.
func (a *Activities) OtherFile(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, insertShow, name)
	return err
}

// DefaultValues has neither columns nor values.
func (a *Activities) DefaultValues(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO tickets DEFAULT VALUES") // want `INSERT into tickets without`
	return err
}

// LaterStatement: the second statement of one text is raw, the first is not.
func (a *Activities) LaterStatement(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, "UPDATE shows SET live = false; INSERT INTO shows (title) VALUES ('reunion')") // want `INSERT into shows without`
	return err
}
