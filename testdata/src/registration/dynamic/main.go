// Command dynamic has an activity for every name. Silent.
package main

import (
	"context"
	"log"

	"example.com/corpus/registration/acts"
	"example.com/corpus/registration/flows"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func anything(ctx context.Context, args converter.EncodedValues) (string, error) { return "", nil }

func anyFlow(ctx workflow.Context, args converter.EncodedValues) (string, error) { return "", nil }

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "anything", worker.Options{})
	w.RegisterWorkflow(flows.OrderWorkflow)
	w.RegisterDynamicWorkflow(anyFlow, workflow.DynamicRegisterOptions{})
	w.RegisterActivity(acts.Charge)
	w.RegisterDynamicActivity(anything, activity.DynamicRegisterOptions{})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
