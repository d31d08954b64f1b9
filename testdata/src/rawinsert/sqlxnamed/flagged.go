// Package sqlxnamed writes rows through sqlx and its named parameters.
package sqlxnamed

import (
	"context"

	"github.com/jmoiron/sqlx"
	"go.temporal.io/sdk/worker"
)

// Person is bound by its db tags.
type Person struct {
	Name string `db:"name"`
	Show string `db:"show"`
}

// Activities writes people.
type Activities struct {
	DB *sqlx.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// AddNamed binds a struct.
func (a *Activities) AddNamed(ctx context.Context, p Person) error {
	_, err := a.DB.NamedExecContext(ctx, "INSERT INTO people (name, show) VALUES (:name, :show)", p) // want `INSERT into people without`
	return err
}

// AddNamedNoContext is the older form.
func (a *Activities) AddNamedNoContext(_ context.Context, p Person) error {
	_, err := a.DB.NamedExec("INSERT INTO people (name, show) VALUES (:name, :show)", p) // want `INSERT into people without`
	return err
}

// AddMust panics instead of returning; a panic in an activity is retried as well.
func (a *Activities) AddMust(ctx context.Context, name string) error {
	a.DB.MustExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name) // want `INSERT into people without`
	return nil
}

// AddGet reads RETURNING with Get.
func (a *Activities) AddGet(ctx context.Context, name string) (id int64, err error) {
	err = a.DB.GetContext(ctx, &id, "INSERT INTO people (name) VALUES ($1) RETURNING id", name) // want `INSERT into people without`
	return id, err
}

// AddRebound rewrites the placeholders, not the statement.
func (a *Activities) AddRebound(ctx context.Context, name string) error {
	_, err := a.DB.ExecContext(ctx, a.DB.Rebind("INSERT INTO people (name) VALUES (?)"), name) // want `INSERT into people without`
	return err
}

// AddPrepared prepares a named statement inside a transaction.
func (a *Activities) AddPrepared(ctx context.Context, people []Person) error {
	tx, err := a.DB.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.PrepareNamedContext(ctx, "INSERT INTO people (name, show) VALUES (:name, :show)") // want `INSERT into people without`
	if err != nil {
		return err
	}
	for _, p := range people {
		if _, err := stmt.ExecContext(ctx, p); err != nil {
			return err
		}
	}
	return tx.Commit()
}
