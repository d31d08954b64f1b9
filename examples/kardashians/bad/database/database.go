// Package database connects to PostgreSQL.
package database

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	maxAttempts = 10
	pause       = 5 * time.Second
)

// ConnectToDB connects to the database in DATABASE_URL. It tries for the better part of a minute and then ends the
// process, which is what a daemon wants when it starts.
func ConnectToDB(ctx context.Context) *pgxpool.Pool {
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
		if err == nil {
			if err = pool.Ping(ctx); err == nil {
				return pool
			}
			pool.Close()
		}
		log.Printf("database: attempt %d of %d: %v", attempt, maxAttempts, err)
		time.Sleep(pause)
	}
	log.Fatal("database: giving up")
	return nil
}
