// Command connecttodb is a daemon: it may wait for its database, and end without it. Silent.
package main

import (
	"context"
	"log"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/dbconnect/connecttodb/activities"
	"example.com/corpus/dbconnect/postgres"
)

func main() {
	pool, err := postgres.ConnectToDB(context.Background(), os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "people", worker.Options{})
	activities.Register(w)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
