// Command statichops registers the activities. Their chain is closed, and reported, where they are written.
package main

import (
	"context"
	"log"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/statichops/activities"
	"example.com/corpus/rawinsert/statichops/service"
	"example.com/corpus/rawinsert/statichops/store"
)

func main() {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	s := store.New(pool)
	// A row at start-up is no activity's row.
	if err := s.Log(ctx, "started"); err != nil {
		log.Print(err)
	}
	w := worker.New(c, "roster", worker.Options{})
	w.RegisterActivity(&activities.RosterActivitiesImpl{Roster: &service.Roster{Store: s}})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
