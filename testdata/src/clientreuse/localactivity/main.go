// Command localactivity opens its own client once, with the same function. Silent.
package main

import (
	"log"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/clientreuse/localactivity/connect"
	"example.com/corpus/clientreuse/localactivity/flow"
)

func main() {
	c, err := connect.Open()
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "signals", worker.Options{})
	w.RegisterWorkflow((&flow.Flow{Client: c}).SignalWorkflow)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
