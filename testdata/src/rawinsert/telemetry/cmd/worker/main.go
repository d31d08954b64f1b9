// Command worker wires service, telemetry, persistence and client: the chain closes at its registration.
package main

import (
	"database/sql"
	"log"
	"log/slog"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/telemetry/checkout"
	"example.com/corpus/rawinsert/telemetry/orders"
	"example.com/corpus/rawinsert/telemetry/orders/traced"
	"example.com/corpus/rawinsert/telemetry/pgstore"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	repo := traced.Wrap(pgstore.New(pgstore.Queries{DB: new(sql.DB)}), slog.Default())
	steps := checkout.NewSteps(orders.NewService(repo))
	w := worker.New(c, "checkout", worker.Options{})
	w.RegisterActivity(steps) // want `INSERT into orders without.*PlaceOrder.*Place.*SaveOrder.*InsertOrder`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
