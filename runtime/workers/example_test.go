package workers_test

import (
	"context"
	"log"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/temporalclient"
	"github.com/mediacloud/mcwflint/runtime/workers"
)

const taskQueue = "kardashians"

// KardashianWorkflow is a workflow.
func KardashianWorkflow(workflow.Context) error { return nil }

// AddNewKardashian is an activity.
func AddNewKardashian(context.Context, string) error { return nil }

// The main of the program that runs workflows.
func ExampleNewWorkflowWorker() {
	c, err := temporalclient.Shared(context.Background())
	if err != nil {
		log.Print(err)
		return
	}
	defer temporalclient.Close()
	w := workers.NewWorkflowWorker(c, taskQueue, worker.Options{})
	w.RegisterWorkflow(KardashianWorkflow)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}

// The main of the program that runs activities.
func ExampleNewActivityWorker() {
	c, err := temporalclient.Shared(context.Background())
	if err != nil {
		log.Print(err)
		return
	}
	defer temporalclient.Close()
	w := workers.NewActivityWorker(c, taskQueue, worker.Options{})
	w.RegisterActivity(AddNewKardashian)
	if err := w.Run(worker.InterruptCh()); err != nil {
		log.Print(err)
	}
}

// In a test whose worker must stop before the test's end; package workertest has the rest.
func ExampleStopWorkerFaster() {
	c, err := temporalclient.Shared(context.Background())
	if err != nil {
		log.Print(err)
		return
	}
	defer temporalclient.Close()
	w := worker.New(c, taskQueue, worker.Options{})
	w.RegisterWorkflow(KardashianWorkflow)
	if err := w.Start(); err != nil {
		log.Print(err)
		return
	}
	defer workers.StopWorkerFaster(w)
}
