// Package fix has calls that can be changed to ConnectToDBOrRaise, and one that cannot. It needs the same setting as
// packages postgres and legacydb.
package fix

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/legacydb"
	"example.com/corpus/dbconnect/postgres"
)

type activities struct{ url string }

// Register makes the roles strong.
func Register(w worker.Worker, url string) {
	w.RegisterActivity(&activities{url: url})
}

// Ping is fixed: the results are the same.
func (a *activities) Ping(ctx context.Context) error {
	pool, err := postgres.ConnectToDB(ctx, a.url) // want `ConnectToDB `
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

func open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return postgres.ConnectToDB(ctx, url) // want `ConnectToDB `
}

// PingHelped is fixed in the helper.
func (a *activities) PingHelped(ctx context.Context) error {
	pool, err := open(ctx, a.url)
	if err != nil {
		return err
	}
	defer pool.Close()
	return pool.Ping(ctx)
}

// PingLegacy is not fixed: an error would have to go somewhere.
func (a *activities) PingLegacy(ctx context.Context) error {
	pool := legacydb.ConnectToDB(ctx, a.url) // want `ConnectToDB `
	defer pool.Close()
	return pool.Ping(ctx)
}
