// Package initializers connects where package variables are initialized: a program that cannot start may end. Silent.
package initializers

import (
	"context"
	"log"
	"os"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/worker"
)

// pool is made by a function literal that is called where it stands.
var pool = func() *pgxpool.Pool {
	for range 5 {
		p, err := pgxpool.New(context.Background(), os.Getenv("DATABASE_URL"))
		if err == nil {
			return p
		}
		time.Sleep(time.Second)
	}
	log.Fatal("no database")
	return nil
}()

// must runs its argument at once.
func must(f func() error) bool {
	if err := f(); err != nil {
		log.Fatal(err)
	}
	return true
}

var migrated = must(func() error {
	if os.Getenv("MIGRATIONS") == "" {
		log.Fatal("no migrations")
	}
	return nil
})

// Activities counts.
type Activities struct{}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
}

// Count uses both variables.
func (*Activities) Count(ctx context.Context) (n int, err error) {
	if migrated {
		err = pool.QueryRow(ctx, "SELECT count(*) FROM people").Scan(&n)
	}
	return n, err
}
