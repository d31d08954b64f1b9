// Command narrower only calls what is wired elsewhere: the chain was closed below it, so it is silent.
package main

import (
	"database/sql"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/narrower/fees"
	"example.com/corpus/rawinsert/narrower/wiring"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "fees", worker.Options{})
	fees.Register(w, wiring.Fees(new(sql.DB)))
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
