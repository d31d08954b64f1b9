// Command demo runs the same activities on a ledger in memory. It never imports a binding to SQL. Silent.
package main

import (
	"log"

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
	w := worker.New(c, "fees-demo", worker.Options{})
	activities.Register(w, ledger.Memory{})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
