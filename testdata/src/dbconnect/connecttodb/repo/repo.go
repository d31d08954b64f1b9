// Package repo connects for its callers.
package repo

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"example.com/corpus/dbconnect/postgres"
)

// Open is a daemon's way.
func Open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return postgres.ConnectToDB(ctx, url)
}

// OpenOnce is an activity's way.
func OpenOnce(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return postgres.ConnectToDBOrRaise(ctx, url)
}
