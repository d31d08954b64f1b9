// Command serve asks whether it is tested, and is no test.
package main

import (
	"log"
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func main() {
	if testing.Testing() {
		return
	}
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "q", worker.Options{})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}
