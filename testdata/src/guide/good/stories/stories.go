// Package stories stores stories and sends their keys.
package stories

import (
	"context"
	"os"

	"go.temporal.io/sdk/worker"
)

type StoryActivities interface {
	Download(ctx context.Context, path string) (int, error)
}

type StoryActivitiesImpl struct{}

func (*StoryActivitiesImpl) Download(ctx context.Context, path string) (int, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	return store(ctx, text)
}

func Register(w worker.Registry) { w.RegisterActivity(&StoryActivitiesImpl{}) }

func store(ctx context.Context, text []byte) (int, error) { return len(text), nil }
