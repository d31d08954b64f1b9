// Command startup ends the process and waits for databases where a daemon may: in main, init, and once at start-up. Silent.
package main

import (
	"context"
	"database/sql"
	"log"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.uber.org/zap"
)

func init() {
	if os.Getenv("DATABASE_URL") == "" {
		log.Fatal("DATABASE_URL is not set")
	}
}

// pool is opened by whoever comes first. An activity may come first: it is start-up all the same.
var pool = sync.OnceValue(func() *pgxpool.Pool {
	p, err := pgxpool.New(context.Background(), os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	return p
})

type activities struct {
	once sync.Once
	db   *sql.DB
}

// database is like pool, with sync.Once and a retry loop in it.
func (a *activities) database() *sql.DB {
	a.once.Do(func() {
		var err error
		for range 10 {
			if a.db, err = sql.Open("pgx", os.Getenv("DATABASE_URL")); err == nil {
				return
			}
			time.Sleep(time.Second)
		}
		zap.L().Fatal("no database", zap.Error(err))
	})
	return a.db
}

// CountPeople uses both.
func (a *activities) CountPeople(ctx context.Context) (n int, err error) {
	if err := pool().Ping(ctx); err != nil {
		return 0, err
	}
	err = a.database().QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n)
	return n, err
}

func run() error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "people", worker.Options{})
	w.RegisterActivity(&activities{})
	return w.Run(worker.InterruptCh())
}

func main() {
	if err := run(); err != nil {
		log.Println(err)
		os.Exit(1)
	}
}
