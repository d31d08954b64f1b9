package workers // want package:`names {false \[{Run true `

// What the domain of that name says of functions.

import (
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Run(ctx workflow.Context) error { return nil }

func Workflows(w worker.Worker) { w.RegisterWorkflow(Run) } // want Workflows:`^workers {\[{0 RegisterWorkflow at workers.go:13 }\]}$`

func Made(c client.Client) worker.Worker { return worker.New(c, "q", worker.Options{}) } // want Made:`^workers {\[{-1  }\]}$`

func Split(c client.Client) worker.Worker {
	return worker.New(c, "q", worker.Options{DisableWorkflowWorker: true})
}
