// Command app knows which engine it is.
package main

import (
	"example.com/corpus/engines/temporal"
	"example.com/corpus/retrypolicy/engines/calls" // want `activity options without a RetryPolicy.*\(at calls.go:21\)` `activity options without a RetryPolicy.*\(at calls.go:27\)`
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
