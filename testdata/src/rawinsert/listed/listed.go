// Package listed registers what objects behind an interface list.
package listed

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

type lister interface{ List() []any }

type Orders struct{ db *sql.DB }

func (o *Orders) List() []any { return []any{o.Add, o.Count} }

func (o *Orders) Add(ctx context.Context, id string) error {
	_, err := o.db.ExecContext(ctx, "INSERT INTO orders (id) VALUES ($1)", id) // want `INSERT into orders without ON CONFLICT`
	return err
}

func (o *Orders) Count(ctx context.Context) (n int, err error) {
	err = o.db.QueryRowContext(ctx, "SELECT count(*) FROM orders").Scan(&n)
	return n, err
}

// Reports is never a lister: what it lists is not registered.
type Reports struct{ db *sql.DB }

func (r *Reports) List() []any { return []any{r.Add} }

func (r *Reports) Add(ctx context.Context, id string) error {
	_, err := r.db.ExecContext(ctx, "INSERT INTO reports (id) VALUES ($1)", id)
	return err
}

func Register(w worker.Worker, db *sql.DB) {
	for _, l := range []lister{&Orders{db}} {
		for _, f := range l.List() {
			w.RegisterActivity(f)
		}
	}
}
