// Package backoffs retries connections with a backoff library.
package backoffs

import (
	"context"
	"database/sql"

	backoffv4 "github.com/cenkalti/backoff/v4"
	"github.com/cenkalti/backoff/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

type activities struct {
	url string
	db  *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, url string, db *sql.DB) {
	w.RegisterActivity(&activities{url: url, db: db})
}

// Ping gives its closure to version 4.
func (a *activities) Ping(ctx context.Context) error {
	return backoffv4.Retry(func() error { return a.db.PingContext(ctx) }, backoffv4.NewExponentialBackOff()) // want `retries`
}

// Pool gives its closure to version 5.
func (a *activities) Pool(ctx context.Context) error {
	pool, err := backoff.Retry(ctx, func() (*pgxpool.Pool, error) { return pgxpool.New(ctx, a.url) }) // want `retries`
	if err != nil {
		return err
	}
	pool.Close()
	return nil
}

// Operation keeps its closure in a variable, as the library's examples do.
func (a *activities) Operation(ctx context.Context) error {
	var pool *pgxpool.Pool
	operation := func() (err error) {
		pool, err = pgxpool.New(ctx, a.url)
		return err
	}
	err := backoffv4.RetryNotify(operation, backoffv4.NewExponentialBackOff(), nil) // want `backoff.RetryNotify around pgxpool.New retries.*Operation`
	if err == nil {
		pool.Close()
	}
	return err
}

// Query retries a query, which is no connection.
func (a *activities) Query(ctx context.Context) (int, error) {
	return backoff.Retry(ctx, func() (n int, err error) {
		err = a.db.QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n)
		return n, err
	})
}
