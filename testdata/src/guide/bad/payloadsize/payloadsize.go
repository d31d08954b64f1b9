// Package payloadsize sends whole stories through the history.
package payloadsize

import (
	"context"
	"os"

	"go.temporal.io/sdk/worker"
)

type StoryActivities interface {
	Download(ctx context.Context, path string) ([]byte, error)
}

type StoryActivitiesImpl struct{}

func (*StoryActivitiesImpl) Download(ctx context.Context, path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return text, nil
}

func Register(w worker.Registry) { w.RegisterActivity(&StoryActivitiesImpl{}) }
