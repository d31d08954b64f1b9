// Package database connects to PostgreSQL.
package database

import (
	"context"
	"fmt"
	"os"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"
)

var shared struct {
	sync.Mutex
	pool *pgxpool.Pool
}

// ConnectToDBOrRaise returns the process's pool of connections to the database in DATABASE_URL, and connects if there is
// none yet.
//
// It tries once. Temporal retries the activity that asked, with a longer patience than any loop here could have, and
// the worker lives on to serve the others. A failure is not remembered.
func ConnectToDBOrRaise(ctx context.Context) (*pgxpool.Pool, error) {
	shared.Lock()
	defer shared.Unlock()
	if shared.pool != nil {
		return shared.pool, nil
	}
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return nil, fmt.Errorf("connecting to the database: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, fmt.Errorf("connecting to the database: %w", err)
	}
	shared.pool = pool
	return pool, nil
}
