// Package counters has upserts that add to the row that is there. They are
// reported only if the setting counters of rawinsert is on.
package counters

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

type Activities struct{ db *sql.DB }

func Register(w worker.Worker, db *sql.DB) { w.RegisterActivity(&Activities{db: db}) }

// Count adds one on every attempt.
func (a *Activities) Count(ctx context.Context, page string) error {
	const visit = `INSERT INTO visits (page, n) VALUES ($1, 1) ON CONFLICT (page) DO UPDATE SET n = visits.n + 1` // want `INSERT into visits adds to the row that is there: a retried activity adds again \(Activities.Count\)`
	_, err := a.db.ExecContext(ctx, visit, page)
	return err
}

// Set writes the same number on every attempt.
func (a *Activities) Set(ctx context.Context, page string, n int) error {
	_, err := a.db.ExecContext(ctx, `INSERT INTO visits (page, n) VALUES ($1, $2) ON CONFLICT (page) DO UPDATE SET n = EXCLUDED.n`, page, n)
	return err
}
