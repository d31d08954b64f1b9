// Package aliases names types and packages in its own way: aliases, renamed imports, embedded pools.
package aliases

import (
	"context"
	stdsql "database/sql"

	pg "github.com/jackc/pgx/v5/pgxpool"
	tworker "go.temporal.io/sdk/worker"
)

// Pool is an alias.
type Pool = pg.Pool

// Database embeds what it wraps.
type Database struct {
	*stdsql.DB
}

// Ctx is an alias too.
type Ctx = context.Context

type activities struct {
	pool *Pool
	db   Database
}

// Register makes the roles strong.
func Register(w tworker.Registry, pool *Pool, db *stdsql.DB) {
	a := &activities{pool: pool, db: Database{DB: db}}
	w.RegisterActivity(a.AddAliased)
	w.RegisterActivity(a.AddEmbedded)
	w.RegisterActivity(a.PutEmbedded)
}

// AddAliased has aliases for its context and its pool.
func (a *activities) AddAliased(ctx Ctx, name string) error {
	_, err := a.pool.Exec(ctx, "INSERT INTO aliased (name) VALUES ($1)", name) // want `INSERT into aliased without.*AddAliased`
	return err
}

// AddEmbedded calls a promoted method.
func (a *activities) AddEmbedded(ctx Ctx, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO embedded (name) VALUES ($1)", name) // want `INSERT into embedded without.*AddEmbedded`
	return err
}

// PutEmbedded is safe.
func (a *activities) PutEmbedded(ctx Ctx, name string) error {
	_, err := a.db.ExecContext(ctx, "INSERT INTO embedded (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	return err
}
