// Package postgres stands for the sanctioned package of that name: a daemon's ConnectToDB, which comes back with a
// pool or not at all, and an activity's ConnectToDBOrRaise, which tries once. What ConnectToDB does is not visible in
// its body here, so it is known by name only: name it in the rule's setting,
// example.com/corpus/dbconnect/postgres.ConnectToDB.
package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// ConnectToDB is for daemons.
func ConnectToDB(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return ConnectToDBOrRaise(ctx, url)
}

// ConnectToDBOrRaise is for activities.
func ConnectToDBOrRaise(ctx context.Context, url string) (*pgxpool.Pool, error) {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return pool, nil
}
