// Package examples shows in examples what a program's main does.
package examples_test

import (
	"fmt"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// Example has no output to compare: it is compiled and never run.
func Example() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Print(err)
		return
	}
	defer c.Close()
	w := worker.New(c, "greetings", worker.Options{})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}

// Example_run is run, and does not return.
func Example_run() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Print(err)
		return
	}
	defer c.Close()
	w := worker.New(c, "greetings", worker.Options{})
	fmt.Println(w.Run(worker.InterruptCh())) // want `Run with InterruptCh never returns`
	// Output: <nil>
}
