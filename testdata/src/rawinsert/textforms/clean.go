package textforms

import (
	"context"
	"fmt"
)

const onConflict = "ON CONFLICT (name) DO NOTHING"

// CommentsInside: comments may stand anywhere in a clause.
func (a *Activities) CommentsInside(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, `
		INSERT INTO people (name) VALUES ($1)
		ON /* names are unique */ CONFLICT -- since version 3
		DO NOTHING`, name)
	return err
}

// LowerClause: the clause has no case either.
func (a *Activities) LowerClause(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "insert into people (name) values ($1) on conflict do nothing", name)
	return err
}

// ClauseInConstant: the clause is the last piece of a concatenation.
func (a *Activities) ClauseInConstant(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO "+peopleTable+" (name) "+"VALUES ($1) "+onConflict, name)
	return err
}

// ClauseInFormat: the clause is a constant argument of the template.
func (a *Activities) ClauseInFormat(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (name) VALUES ($1) %s", peopleTable, onConflict), name)
	return err
}

// UpsertShow uses a constant from another file.
func (a *Activities) UpsertShow(ctx context.Context, title string) error {
	_, err := a.db.ExecContext(ctx, upsertShow, title)
	return err
}

// seedShow is not an activity: unexported.
func (a *Activities) seedShow(ctx context.Context) error {
	_, err := a.db.ExecContext(ctx, insertUnused)
	return err
}

var _ = (*Activities).seedShow
