// Package ignored says why its worker runs both.
package ignored

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Flow(ctx workflow.Context) error { return nil }

func Act(ctx context.Context) error { return nil }

func Run(c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	w.RegisterWorkflow(Flow)
	//mcwflint:ignore workersplit -- a tool that one person runs by hand
	w.RegisterActivity(Act)
}
