// Package cte inserts inside WITH.
package cte

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// Activities writes people together with what hangs on them.
type Activities struct {
	pool *pgxpool.Pool
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// InsertInWith: the outer statement is a SELECT, the inner one writes.
func (a *Activities) InsertInWith(ctx context.Context, name string) (id int64, err error) {
	const q = /* want `INSERT into people without` */ `
		WITH added AS (
			INSERT INTO people (name) VALUES ($1) RETURNING id
		)
		SELECT id FROM added`
	err = a.pool.QueryRow(ctx, q, name).Scan(&id)
	return id, err
}

// InsertAfterWith: the CTE only reads, the outer statement writes.
func (a *Activities) InsertAfterWith(ctx context.Context, show string) error {
	_, err := a.pool.Exec(ctx /* want `INSERT into roster without` */, `
		WITH cast_members AS (SELECT id FROM people WHERE show = $1)
		INSERT INTO roster (person) SELECT id FROM cast_members`, show)
	return err
}

// BothHandled: each INSERT of the text has its own clause.
func (a *Activities) BothHandled(ctx context.Context, name, show string) error {
	_, err := a.pool.Exec(ctx, `
		WITH added AS (
			INSERT INTO people (name) VALUES ($1)
			ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
			RETURNING id
		)
		INSERT INTO roster (person, show) SELECT id, $2 FROM added
		ON CONFLICT (person, show) DO NOTHING`, name, show)
	return err
}

// MovedRows: what the DELETE returns is inserted, so the second run moves nothing. The archive has a conflict clause as well.
func (a *Activities) MovedRows(ctx context.Context) error {
	_, err := a.pool.Exec(ctx, `
		WITH gone AS (DELETE FROM people WHERE left_at < now() RETURNING name)
		INSERT INTO archive (name) SELECT name FROM gone ON CONFLICT DO NOTHING`)
	return err
}

// OneHandled: the clause of one INSERT says nothing of the other in the same text.
func (a *Activities) OneHandled(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx /* want `INSERT into visits without` */, `
		WITH added AS (
			INSERT INTO people (name) VALUES ($1)
			ON CONFLICT (name) DO UPDATE SET name = EXCLUDED.name
			RETURNING id
		)
		INSERT INTO visits (person) SELECT id FROM added`, name)
	return err
}

// OnceReturned: rows that DO NOTHING or DELETE returns are not there a second time.
func (a *Activities) OnceReturned(ctx context.Context, name string) error {
	if _, err := a.pool.Exec(ctx, `
		WITH added AS (INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id)
		INSERT INTO visits (person) SELECT id FROM added`, name); err != nil {
		return err
	}
	_, err := a.pool.Exec(ctx, `
		WITH gone AS (DELETE FROM guests WHERE name = $1 RETURNING name)
		INSERT INTO archive (name) SELECT name FROM gone`, name)
	return err
}

// SameTable has two rows for one table, and the clause on one.
func (a *Activities) SameTable(ctx context.Context, name string) error {
	_, err := a.pool.Exec(ctx /* want `INSERT into people without` */, `
		WITH added AS (INSERT INTO people (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET seen = now() RETURNING name)
		INSERT INTO people (name) SELECT name || ' Jr.' FROM added`, name)
	return err
}
