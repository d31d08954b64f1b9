// Package onec uses the worker's client.
package onec

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
)

type StoryActivities interface {
	Notify(ctx context.Context, id string) error
}

type StoryActivitiesImpl struct{}

func (*StoryActivitiesImpl) Notify(ctx context.Context, id string) error {
	c := activity.GetClient(ctx)
	return c.SignalWorkflow(ctx, id, "", "story", nil)
}

func Register(w worker.Registry) { w.RegisterActivity(&StoryActivitiesImpl{}) }
