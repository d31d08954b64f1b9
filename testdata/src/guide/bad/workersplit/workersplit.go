// Package workersplit has one process for workflows and activities.
package workersplit

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

func Run(c client.Client) error {
	w := worker.New(c, "stories", worker.Options{})
	w.RegisterWorkflow(StoryWorkflow)
	w.RegisterActivity(&StoryActivitiesImpl{})
	return w.Run(worker.InterruptCh())
}
