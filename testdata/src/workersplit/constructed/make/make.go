// Package make makes workers and their options.
package make

import (
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func Worker(c client.Client, queue string) (worker.Worker, error) {
	return worker.New(c, queue, worker.Options{}), nil
}

func ActivityWorker(c client.Client, queue string) worker.Worker {
	return worker.New(c, queue, worker.Options{DisableWorkflowWorker: true})
}

func ActivityOptions() worker.Options { return worker.Options{DisableWorkflowWorker: true} }
