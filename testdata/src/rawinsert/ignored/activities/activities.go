// Package activities has ignore directives on the line, above it, and on a function.
package activities

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/ignored/ledger"
)

// Activities writes lines.
type Activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&Activities{db: db})
}

// AppendLine ends at a statement with a directive.
func (a *Activities) AppendLine(ctx context.Context, line string) error {
	return ledger.Append(ctx, a.db, line)
}

// AppendAbove has the directive on the line above.
func (a *Activities) AppendAbove(ctx context.Context, line string) error {
	//mcwflint:ignore rawinsert -- a second line does no harm
	_, err := a.db.ExecContext(ctx, "INSERT INTO lines (line) VALUES ($1)", line)
	return err
}

// AppendBeside has it on the line itself.
func (a *Activities) AppendBeside(ctx context.Context, line string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO lines (line) VALUES ($1)", line) //mcwflint:ignore rawinsert -- a second line does no harm
	return err
}

// AppendBoth writes two lines and means both.
//
//mcwflint:ignore rawinsert -- a second line does no harm
func (a *Activities) AppendBoth(ctx context.Context, line string) error {
	if _, err := a.db.ExecContext(ctx, "INSERT INTO lines (line) VALUES ($1)", line); err != nil {
		return err
	}
	_, err := a.db.ExecContext(ctx, "INSERT INTO more_lines (line) VALUES ($1)", line)
	return err
}

// AppendRaw has no directive anywhere on its chain.
func (a *Activities) AppendRaw(ctx context.Context, line string) error {
	return ledger.AppendRaw(ctx, a.db, line) // want `INSERT into raw_ledger without.*AppendRaw`
}
