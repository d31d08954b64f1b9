// Package warehouse opens a database that is often asleep.
package warehouse

import (
	"context"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Warehouse retries by itself.
type Warehouse struct{ URL string }

// Open waits until the warehouse wakes up.
func (w *Warehouse) Open(ctx context.Context) error {
	for {
		pool, err := pgxpool.New(ctx, w.URL)
		if err == nil {
			pool.Close()
			return nil
		}
		time.Sleep(10 * time.Second)
	}
}

// Ledger gives up by itself.
type Ledger struct{ URL string }

// Open ends the process when the ledger is away.
func (l *Ledger) Open(ctx context.Context) error {
	pool, err := pgxpool.New(ctx, l.URL)
	if err != nil {
		os.Exit(1)
	}
	pool.Close()
	return nil
}

// Archive just fails.
type Archive struct{ URL string }

// Open returns its error.
func (a *Archive) Open(ctx context.Context) error {
	pool, err := pgxpool.New(ctx, a.URL)
	if err != nil {
		return err
	}
	pool.Close()
	return nil
}
