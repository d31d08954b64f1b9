// Package split has a process for workflows and one for activities.
package split

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type StoryActivities interface {
	Count(ctx context.Context) (int, error)
}

type StoryActivitiesImpl struct{}

func (*StoryActivitiesImpl) Count(ctx context.Context) (int, error) { return 0, nil }

func StoryWorkflow(ctx workflow.Context) error { return nil }

func RunWorkflows(c client.Client) error {
	w := worker.New(c, "stories", worker.Options{LocalActivityWorkerOnly: true})
	w.RegisterWorkflow(StoryWorkflow)
	return w.Run(worker.InterruptCh())
}

func RunActivities(c client.Client) error {
	w := worker.New(c, "stories", worker.Options{DisableWorkflowWorker: true})
	w.RegisterActivity(&StoryActivitiesImpl{})
	return w.Run(worker.InterruptCh())
}
