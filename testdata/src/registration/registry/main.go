// Command registry registers some activities by calls of an interface of its own, and some from a
// table.
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

type registry interface {
	RegisterActivity(name string, fn any)
	RegisterWorkflow(name string, fn any)
}

type onWorker struct{ w worker.Worker }

func (o onWorker) RegisterActivity(name string, fn any) {
	o.w.RegisterActivityWithOptions(fn, activity.RegisterOptions{Name: name})
}

func (o onWorker) RegisterWorkflow(name string, fn any) {
	o.w.RegisterWorkflowWithOptions(fn, workflow.RegisterOptions{Name: name})
}

type step struct {
	name string
	fn   any
}

func weigh(ctx context.Context) error { return nil }

func label(ctx context.Context) error { return nil }

func WeighWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, "weigh").Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(ctx, "label").Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, "lable").Get(ctx, nil) // want `nothing in this program registers the activity lable: .*; did you mean label\?`
}

func add(r registry) {
	r.RegisterActivity("weigh", weigh)
	for _, s := range []step{{"label", label}} {
		r.RegisterActivity(s.name, s.fn)
	}
	for _, s := range []step{{"weighing", WeighWorkflow}} {
		r.RegisterWorkflow(s.name, s.fn)
	}
}

func main() {
	c, err := client.Dial(client.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer c.Close()
	w := worker.New(c, "registry", worker.Options{})
	add(onWorker{w})
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Fatal(err)
	}
}
