package textbuilders

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// BuilderUpsert writes its clause as the last piece.
func (a *Activities) BuilderUpsert(ctx context.Context, name string) error {
	var b strings.Builder
	b.WriteString("INSERT INTO people (name) ")
	b.WriteString("VALUES ($1) ")
	b.WriteString("ON CONFLICT (name) DO NOTHING")
	_, err := a.db.ExecContext(ctx, b.String(), name)
	return err
}

// BuilderInLoop writes as many value lists as there are names, and then the clause.
func (a *Activities) BuilderInLoop(ctx context.Context, names []string) error {
	var b bytes.Buffer
	args := make([]any, len(names))
	b.WriteString("INSERT INTO people (name) VALUES ")
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "($%d)", i+1)
		args[i] = name
	}
	b.WriteString(" ON CONFLICT DO NOTHING")
	_, err := a.db.ExecContext(ctx, b.String(), args...)
	return err
}

// JoinedUpsert has the clause as its third element.
func (a *Activities) JoinedUpsert(ctx context.Context, name string) error {
	query := strings.Join([]string{
		"INSERT INTO people (name)",
		"VALUES ($1)",
		"ON CONFLICT DO NOTHING",
	}, "\n")
	_, err := a.db.ExecContext(ctx, query, name)
	return err
}

// idempotent appends the clause to any statement it is given.
func idempotent(query string) string {
	return query + " ON CONFLICT DO NOTHING"
}

// ThroughHelper: what the helper appends belongs to the statement.
func (a *Activities) ThroughHelper(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, idempotent("INSERT INTO people (name) VALUES ($1)"), name)
	return err
}

// AppendedClause adds the clause with +=.
func (a *Activities) AppendedClause(ctx context.Context, name string) error {
	query := "INSERT INTO people (name) VALUES ($1)"
	query += " ON CONFLICT DO NOTHING"
	_, err := a.db.ExecContext(ctx, query, name)
	return err
}

// ConditionalClause: on one branch the clause is there, so nothing certain can be said.
func (a *Activities) ConditionalClause(ctx context.Context, name string, skip bool) error {
	query := "INSERT INTO people (name) VALUES ($1)"
	if skip {
		query += " ON CONFLICT DO NOTHING"
	}
	_, err := a.db.ExecContext(ctx, query, name)
	return err
}
