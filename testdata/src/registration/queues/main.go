// Command queues executes on another program's task queue. Silent.
package main

import (
	"log"
	"time"

	"example.com/corpus/registration/acts"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func QueueWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{TaskQueue: "python", StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, "train", 1).Get(ctx, nil)
}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "orders", worker.Options{})
	w.RegisterWorkflow(QueueWorkflow)
	w.RegisterActivity(acts.Charge)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
