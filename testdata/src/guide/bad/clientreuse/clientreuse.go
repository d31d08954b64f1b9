// Package clientreuse makes a client each time.
package clientreuse

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type StoryActivities interface {
	Notify(ctx context.Context, id string) error
}

type StoryActivitiesImpl struct{}

func (*StoryActivitiesImpl) Notify(ctx context.Context, id string) error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, id, "", "story", nil)
}

func Register(w worker.Registry) { w.RegisterActivity(&StoryActivitiesImpl{}) }
