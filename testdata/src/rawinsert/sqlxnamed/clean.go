package sqlxnamed

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// UpsertNamed repeats safely.
func (a *Activities) UpsertNamed(ctx context.Context, p Person) error {
	_, err := a.DB.NamedExecContext(ctx, `
		INSERT INTO people (name, show) VALUES (:name, :show)
		ON CONFLICT (name) DO UPDATE SET show = excluded.show`, p)
	return err
}

// DeleteAll expands a list; a DELETE may run any number of times.
func (a *Activities) DeleteAll(ctx context.Context, names []string) error {
	query, args, err := sqlx.In("DELETE FROM people WHERE name IN (?)", names)
	if err != nil {
		return err
	}
	_, err = a.DB.ExecContext(ctx, a.DB.Rebind(query), args...)
	return err
}

// List selects into a slice.
func (a *Activities) List(ctx context.Context) (people []Person, err error) {
	err = a.DB.SelectContext(ctx, &people, "SELECT name, show FROM people")
	return people, err
}
