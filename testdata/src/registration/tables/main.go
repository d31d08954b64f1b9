// Command tables registers what a table pairs with a name.
package main

import (
	"context"
	"log"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type definition struct {
	name string
	fn   any
}

func pack(ctx context.Context, id string) error { return nil }

func ship(ctx context.Context, id string) error { return nil }

func PackWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, "pack", id).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, "shp", id).Get(ctx, nil) // want `nothing in this program registers the activity shp: it waits for a worker that never comes; did you mean ship\?`
}

// One type of table for both kinds: each function is registered as what it looks like.
var activities = []definition{{"pack", pack}, {name: "ship", fn: ship}}

var workflows = []definition{{"packing", PackWorkflow}}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "tables", worker.Options{})
	for _, d := range activities {
		w.RegisterActivityWithOptions(d.fn, activity.RegisterOptions{Name: d.name})
	}
	for _, d := range workflows {
		w.RegisterWorkflowWithOptions(d.fn, workflow.RegisterOptions{Name: d.name})
	}
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
