// Package goquinsert builds statements with goqu.
package goquinsert

import (
	"context"
	"database/sql"

	"github.com/doug-martin/goqu/v9"
	"go.temporal.io/sdk/worker"
)

// Activities writes people.
type Activities struct {
	db *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, db *sql.DB) {
	w.RegisterActivity(&Activities{db: db})
}

// AddPerson runs the dataset on goqu's own database.
func (a *Activities) AddPerson(ctx context.Context, name string) error {
	db := goqu.New("postgres", a.db)
	_, err := db.Insert("people").Rows(goqu.Record{"name": name}).Executor().ExecContext(ctx) // want `INSERT into people without`
	return err
}

// AddText renders text for database/sql.
func (a *Activities) AddText(ctx context.Context, name string) error {
	query, args, err := goqu.Dialect("postgres").Insert("people").Rows(goqu.Record{"name": name}).Prepared(true).ToSQL() // want `INSERT into people without`
	if err != nil {
		return err
	}
	_, err = a.db.ExecContext(ctx, query, args...)
	return err
}

// AddFunction uses the package's function.
func (a *Activities) AddFunction(ctx context.Context, name string) error {
	query, args, err := goqu.Insert("people").Cols("name").Vals(goqu.Vals{name}).ToSQL() // want `INSERT into people without`
	if err != nil {
		return err
	}
	_, err = a.db.ExecContext(ctx, query, args...)
	return err
}

// Upsert says OnConflict.
func (a *Activities) Upsert(ctx context.Context, name, show string) error {
	query, args, err := goqu.Dialect("postgres").
		Insert("people").
		Rows(goqu.Record{"name": name, "show": show}).
		OnConflict(goqu.DoUpdate("name", goqu.Record{"show": show})).
		ToSQL()
	if err != nil {
		return err
	}
	_, err = a.db.ExecContext(ctx, query, args...)
	return err
}

// Skip says DoNothing.
func (a *Activities) Skip(ctx context.Context, name string) error {
	_, err := goqu.New("postgres", a.db).
		Insert("people").
		Rows(goqu.Record{"name": name}).
		OnConflict(goqu.DoNothing()).
		Executor().
		ExecContext(ctx)
	return err
}

// Update updates.
func (a *Activities) Update(ctx context.Context, name, show string) error {
	_, err := goqu.New("postgres", a.db).
		Update("people").
		Set(goqu.Record{"show": show}).
		Where(goqu.C("name").Eq(name)).
		Executor().
		ExecContext(ctx)
	return err
}

// ReplaceShow deletes first, in a transaction.
func (a *Activities) ReplaceShow(ctx context.Context, show, name string) error {
	return goqu.New("postgres", a.db).WithTx(func(tx *goqu.TxDatabase) error {
		if _, err := tx.Delete("people").Where(goqu.C("show").Eq(show)).Executor().ExecContext(ctx); err != nil {
			return err
		}
		_, err := tx.Insert("people").Rows(goqu.Record{"show": show, "name": name}).Executor().ExecContext(ctx)
		return err
	})
}

// Refill empties the table first.
func (a *Activities) Refill(ctx context.Context, name string) error {
	return goqu.New("postgres", a.db).WithTx(func(tx *goqu.TxDatabase) error {
		if _, err := tx.Truncate("people").Executor().ExecContext(ctx); err != nil {
			return err
		}
		_, err := tx.Insert("people").Rows(goqu.Record{"name": name}).Executor().ExecContext(ctx)
		return err
	})
}

// statement is what all of goqu's datasets are.
type statement interface {
	ToSQL() (string, []any, error)
}

func (a *Activities) exec(ctx context.Context, s statement) error {
	query, args, err := s.ToSQL()
	if err != nil {
		return err
	}
	_, err = a.db.ExecContext(ctx, query, args...)
	return err
}

// AddThrough hands the dataset on.
func (a *Activities) AddThrough(ctx context.Context, name string) error {
	return a.exec(ctx, goqu.Insert("people").Rows(goqu.Record{"name": name})) // want `INSERT into people without`
}

// AddFrom starts at the table.
func (a *Activities) AddFrom(ctx context.Context, name string) error {
	db := goqu.New("postgres", a.db)
	_, err := db.From("people").Insert().Rows(goqu.Record{"name": name}).Executor().ExecContext(ctx) // want `INSERT into people without`
	return err
}
