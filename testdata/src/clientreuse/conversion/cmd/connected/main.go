// Command connected binds the sender that has a client, wrapped. Silent.
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
	relay.Register(w, senders.Logged{Next: &senders.Connected{Client: c}})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
