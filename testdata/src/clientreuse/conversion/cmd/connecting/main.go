// Command connecting binds the sender that connects: the activity is registered elsewhere, so the report stands at the
// conversion.
package main

import (
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/clientreuse/conversion/relay"
	"example.com/corpus/clientreuse/conversion/senders"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "relay", worker.Options{})
	relay.Register(w, &senders.Connecting{}) // want `NewLazyClient.*Relay.*Send`
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
