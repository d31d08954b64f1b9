// Package impl implements them.
package impl

import (
	"context"

	"example.com/corpus/implnaming/split/api"
	"go.temporal.io/sdk/worker"
)

type FeedActivitiesImpl struct{}

var _ api.FeedActivities = (*FeedActivitiesImpl)(nil)

func (*FeedActivitiesImpl) Fetch(ctx context.Context, url string) error { return nil }

func Register(w worker.Worker) { w.RegisterActivity(&FeedActivitiesImpl{}) }
