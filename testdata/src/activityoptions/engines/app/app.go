// Command app knows which engine it is.
package main

import (
	"example.com/corpus/activityoptions/engines/calls" // want `activity Charge, which ExecuteActivity executes, has neither StartToCloseTimeout nor ScheduleToCloseTimeout.*\(at calls.go:20\)` `local activity Charge, which ExecuteLocal executes, has neither.*\(at calls.go:23\)`
	"example.com/corpus/engines/temporal"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		panic(err)
	}
	w := worker.New(c, "orders", worker.Options{})
	order := &calls.Order{Provider: temporal.New(c)}
	w.RegisterWorkflow(order.Run)
}
