// Command worker converts the ledger to the interface: no call and no registration of its own completes the chain.
package main

import (
	"log"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/conversion/activities"
	"example.com/corpus/rawinsert/conversion/ledger"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "fees", worker.Options{})
	books := &ledger.Postgres{Pool: new(pgxpool.Pool)}
	// The concrete type becomes an activities.Ledger in this call's argument.
	activities.Register(w, books) // want `INSERT into bookings without.*BookFee.*Book`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
