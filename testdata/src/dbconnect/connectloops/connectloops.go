// Package connectloops retries connections in activities: Temporal cannot see these attempts, and its timeout ends them.
package connectloops

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// Activities connects.
type Activities struct {
	url string
	db  *sql.DB
}

// Register makes the roles strong.
func Register(w worker.Worker, a *Activities) {
	w.RegisterActivity(a)
}

// WaitForPing pings until it works.
func (a *Activities) WaitForPing(ctx context.Context) error {
	for a.db.PingContext(ctx) != nil { // want `retries`
		time.Sleep(time.Second)
	}
	return nil
}

// ConnectForEver sleeps between attempts.
func (a *Activities) ConnectForEver(ctx context.Context) error {
	for { // want `retries`
		conn, err := pgx.Connect(ctx, a.url)
		if err == nil {
			return conn.Close(ctx)
		}
		time.Sleep(5 * time.Second)
	}
}

// PoolFiveTimes counts its attempts and waits with a timer.
func (a *Activities) PoolFiveTimes(ctx context.Context) (err error) {
	for attempt := range 5 { // want `retries`
		var pool *pgxpool.Pool
		if pool, err = pgxpool.New(ctx, a.url); err == nil {
			pool.Close()
			return nil
		}
		select {
		case <-time.After(time.Duration(attempt) * time.Second):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return err
}

// open retries for its callers.
func open(ctx context.Context, url string) (db *sql.DB, err error) {
	for wait := time.Second; wait < time.Minute; wait *= 2 { // want `retries.*OpenDoubling.*open`
		if db, err = sql.Open("pgx", url); err == nil {
			return db, nil
		}
		time.Sleep(wait)
	}
	return nil, fmt.Errorf("open: %w", err)
}

// OpenDoubling doubles the wait, in a helper.
func (a *Activities) OpenDoubling(ctx context.Context) error {
	db, err := open(ctx, a.url)
	if err != nil {
		return err
	}
	return db.Close()
}

// ConnectLabeled names the loop that it turns again.
func (a *Activities) ConnectLabeled(ctx context.Context) error {
retry:
	for { // want `retries`
		conn, err := pgx.Connect(ctx, a.url)
		if err != nil {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(time.Second):
				continue retry
			}
		}
		return conn.Close(ctx)
	}
}
