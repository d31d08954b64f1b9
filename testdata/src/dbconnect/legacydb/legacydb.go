// Package legacydb has a ConnectToDB whose results differ from those of ConnectToDBOrRaise. Name it in the rule's
// setting, example.com/corpus/dbconnect/legacydb.ConnectToDB.
package legacydb

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// ConnectToDB is for daemons: there is no error to return.
func ConnectToDB(ctx context.Context, url string) *pgxpool.Pool {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		panic(err)
	}
	return pool
}

// ConnectToDBOrRaise is for activities.
func ConnectToDBOrRaise(ctx context.Context, url string) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, url)
}
