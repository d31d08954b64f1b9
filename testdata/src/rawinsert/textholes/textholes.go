// Package textholes leaves parts of a statement to be known at run time only.
package textholes

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"go.temporal.io/sdk/worker"
)

// Activities writes people.
type Activities struct {
	db     *sql.DB
	suffix string
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// HoleInTable: the unknown part cannot hold the clause, the known end has none.
func (a *Activities) HoleInTable(ctx context.Context, schema, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO "+schema+".people (name) VALUES ($1)", name) // want `INSERT into`
	return err
}

// HoleInColumns: column list and placeholders are unknown, but closed by a parenthesis.
func (a *Activities) HoleInColumns(ctx context.Context, columns []string, args []any) error {
	marks := strings.TrimSuffix(strings.Repeat("?,", len(columns)), ",")
	query := fmt.Sprintf("INSERT INTO people (%s) VALUES (%s)", strings.Join(columns, ","), marks) // want `INSERT into people without`
	_, err := a.db.ExecContext(ctx, query, args...)
	return err
}

// HoleAtEnd: the field may hold a conflict clause. Silent.
func (a *Activities) HoleAtEnd(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1) "+a.suffix, name)
	return err
}

// VerbAtEnd: the last verb may be the clause. Silent.
func (a *Activities) VerbAtEnd(ctx context.Context, name, clause string) error {
	_, err := a.db.ExecContext(ctx, fmt.Sprintf("INSERT INTO people (name) VALUES ($1) %s", clause), name)
	return err
}

// WholeUnknown: nothing says what the text is. Silent.
func (a *Activities) WholeUnknown(ctx context.Context, query string) error {
	_, err := a.db.ExecContext(ctx, query)
	return err
}

// ValuesAtEnd: the value lists come from the caller and may end in a clause. Silent.
func (a *Activities) ValuesAtEnd(ctx context.Context, values string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO people (name) VALUES "+values)
	return err
}

// HoleBeforeReturning: a clause would stand exactly where the hole is. Silent.
func (a *Activities) HoleBeforeReturning(ctx context.Context, name string) (id int64, err error) {
	err = a.db.QueryRowContext(ctx, "INSERT INTO people (name) VALUES ($1) "+a.suffix+" RETURNING id", name).Scan(&id)
	return id, err
}

// HoleInVerb: the leading hole may be EXPLAIN, a comment or nothing, the rest is a known upsert. Silent.
func (a *Activities) HoleInVerb(ctx context.Context, hint, name string) error {
	_, err := a.db.ExecContext(ctx, hint+" INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	return err
}
