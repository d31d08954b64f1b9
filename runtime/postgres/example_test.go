package postgres_test

import (
	"context"
	"log"
	"net/http"
	"time"

	"github.com/mediacloud/mcwflint/runtime/postgres"
)

// AddNewKardashian is an activity. Whatever fails, Temporal tries it again, and a second attempt changes nothing.
func AddNewKardashian(ctx context.Context, name, surname string) error {
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return err
	}
	_, err = pool.Exec(ctx, `
		INSERT INTO kardashians (name, surname)
		VALUES ($1, $2)
		ON CONFLICT (name, surname) DO NOTHING
	`, name, surname)
	return err
}

func ExampleConnectToDBOrRaise() {
	if err := AddNewKardashian(context.Background(), "Kim", "Kardashian"); err != nil {
		log.Print(err)
	}
}

// A web server that has nothing to show without its database waits for it, and lets its supervisor start it again.
func ExampleConnectToDB() {
	postgres.Configure(func(c *postgres.Config) {
		c.Attempts = 20
		c.Pause = 5 * time.Second
	})
	pool, err := postgres.ConnectToDB(context.Background())
	if err != nil {
		log.Print(err)
		return
	}
	defer postgres.Close()
	http.HandleFunc("/healthy", func(w http.ResponseWriter, r *http.Request) {
		if err := pool.Ping(r.Context()); err != nil {
			http.Error(w, "no database", http.StatusServiceUnavailable)
		}
	})
	log.Print(http.ListenAndServe("localhost:8080", nil))
}
