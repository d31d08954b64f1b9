// Package activities connects to databases that are named at run time.
package activities

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/connecttodb/repo"
	"example.com/corpus/dbconnect/legacydb"
	"example.com/corpus/dbconnect/postgres"
)

// Activities has no pool of its own.
type Activities struct{}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
}

// Check calls ConnectToDB: when the database is away, the worker ends instead of the attempt.
func (*Activities) Check(ctx context.Context, url string) error {
	pool, err := postgres.ConnectToDB(ctx, url) // want `ConnectToDB `
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

// CheckLegacy calls the one without an error.
func (*Activities) CheckLegacy(ctx context.Context, url string) error {
	pool := legacydb.ConnectToDB(ctx, url) // want `ConnectToDB `
	defer pool.Close()
	return pool.Ping(ctx)
}

// CheckThrough calls it in another package.
func (*Activities) CheckThrough(ctx context.Context, url string) error {
	pool, err := repo.Open(ctx, url) // want `ConnectToDB .*CheckThrough.*Open`
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

// CheckOnce leaves the retries to Temporal.
func (*Activities) CheckOnce(ctx context.Context, url string) error {
	pool, err := postgres.ConnectToDBOrRaise(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

// CheckOnceThrough does so in another package.
func (*Activities) CheckOnceThrough(ctx context.Context, url string) error {
	pool, err := repo.OpenOnce(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}
