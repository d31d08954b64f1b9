// Command single starts a workflow and runs it: where the client has it run says nothing of what the
// workflow runs.
package main

import (
	"context"
	"log"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Charge(ctx context.Context) error { return nil }

func Reimburse(ctx context.Context) error { return nil }

func PayWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, Charge).Get(ctx, nil); err != nil {
		return workflow.ExecuteActivity(ctx, Reimburse).Get(ctx, nil) // want `nothing in this program registers the activity Reimburse`
	}
	return nil
}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	w := worker.New(c, "pay", worker.Options{})
	w.RegisterWorkflow(PayWorkflow)
	w.RegisterActivity(Charge)
	if err := w.Start(); err != nil {
		log.Fatal(err)
	}
	if _, err := c.ExecuteWorkflow(context.Background(), client.StartWorkflowOptions{ID: "pay", TaskQueue: "pay"}, PayWorkflow); err != nil {
		log.Fatal(err)
	}
}
