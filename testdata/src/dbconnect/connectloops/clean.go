package connectloops

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"
)

// ConnectOnce fails, and Temporal tries again.
func (a *Activities) ConnectOnce(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, a.url)
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// PingAll connects to many databases, once each: a loop over work is no retry.
func (a *Activities) PingAll(ctx context.Context, urls []string) error {
	var errs []error
	for _, url := range urls {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, conn.Close(ctx))
	}
	return errors.Join(errs...)
}

// PollRows waits for a row, not for a connection.
func (a *Activities) PollRows(ctx context.Context) (n int, err error) {
	for n == 0 && err == nil {
		err = a.db.QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n)
		time.Sleep(time.Second)
	}
	return n, err
}

// PollHTTP waits for a server that is no database.
func (a *Activities) PollHTTP(ctx context.Context, url string) error {
	for {
		resp, err := http.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second)
	}
}

// waitForDB retries, at start-up: no activity reaches it.
func waitForDB(ctx context.Context, db *sql.DB) {
	for db.PingContext(ctx) != nil {
		time.Sleep(time.Second)
	}
}

// Start is called by main.
func Start(ctx context.Context, url string) (*Activities, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, err
	}
	waitForDB(ctx, db)
	return &Activities{url: url, db: db}, nil
}
