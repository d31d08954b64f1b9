// Command worker registers a struct. The methods are in package acts, which it imports.
package main

import (
	"context"
	"log"

	"example.com/corpus/serializable/methods/acts" // want `parameter page of Store: .*` `result of Crawl: .*`
	"example.com/corpus/serializable/methods/flows"
	"example.com/corpus/serializable/methods/helper"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func main() {
	a := &acts.Activities{}
	if err := helper.All(context.Background(), a); err != nil {
		log.Fatal(err)
	}
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "pages", worker.Options{})
	w.RegisterWorkflow(flows.PageWorkflow)
	w.RegisterActivity(a)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
