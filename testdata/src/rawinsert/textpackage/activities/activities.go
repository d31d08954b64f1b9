// Package activities runs texts of another package: the report stands at the use.
package activities

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/textpackage/queries"
)

// Activities writes teams.
type Activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&Activities{db: db})
}

// AddTeam uses the bare constant.
func (a *Activities) AddTeam(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.InsertTeam, name) // want `INSERT into teams without.*AddTeam`
	return err
}

// AddCoach appends RETURNING.
func (a *Activities) AddCoach(ctx context.Context, name string) (id int64, err error) {
	err = a.db.QueryRowContext(ctx, queries.InsertCoach+" RETURNING id", name).Scan(&id) // want `INSERT into coaches without.*AddCoach`
	return id, err
}

// AddPlayers uses a text that a function returns.
func (a *Activities) AddPlayers(ctx context.Context, names []any) error {
	_, err := a.db.ExecContext(ctx, queries.InsertPlayers(len(names)), names...) // want `INSERT into players without.*AddPlayers`
	return err
}

// UpsertTeam uses the constant with its clause.
func (a *Activities) UpsertTeam(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.UpsertTeam, name)
	return err
}

// UpsertHere appends the clause itself.
func (a *Activities) UpsertHere(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.InsertTeam+" ON CONFLICT DO NOTHING", name)
	return err
}

// UpsertThrough lets a function of the other package append it.
func (a *Activities) UpsertThrough(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.OnConflict(queries.InsertTeam), name)
	return err
}

// DropTeam deletes.
func (a *Activities) DropTeam(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.DeleteTeam, name)
	return err
}

// AddReferee, AddSponsor and PutSponsor use variables.
func (a *Activities) AddReferee(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.InsertReferee, name) // want `INSERT into referees without.*AddReferee`
	return err
}

func (a *Activities) AddSponsor(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.InsertSponsor, name) // want `INSERT into sponsors without.*AddSponsor`
	return err
}

func (a *Activities) PutSponsor(ctx context.Context, name string) error {
	_, err := a.db.ExecContext(ctx, queries.UpsertSponsor, name)
	return err
}
