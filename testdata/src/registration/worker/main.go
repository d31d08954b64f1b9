// Command worker registers workflows and activities, but not all. The places are in package flows, which it imports.
package main

import (
	"log"

	"example.com/corpus/registration/acts"
	"example.com/corpus/registration/flows" // want `nothing in this program registers the activity Forgot: it waits for a worker that never comes \(at flows\.go:\d+\)` `nothing in this program registers the activity Qiuck: .*; did you mean Quick\?` `nothing in this program registers the workflow ShipWorkflow` `nothing in this program registers the workflow Elsewhere`
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "orders", worker.Options{})
	w.RegisterWorkflow(flows.OrderWorkflow)
	w.RegisterActivity(acts.Charge)
	w.RegisterActivity(acts.Quick)
	w.RegisterActivityWithOptions(acts.Quick, activity.RegisterOptions{Name: "quick-alias"})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
