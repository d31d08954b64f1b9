// Package positionalargs is the guide's example of a named argument, which in Go is a map.
package positionalargs

import (
	"context"
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type EpisodeActivities interface {
	TranscribeEpisode(ctx context.Context, storiesID int) error
}

type EpisodeActivitiesImpl struct{}

func (*EpisodeActivitiesImpl) TranscribeEpisode(ctx context.Context, storiesID int) error { return nil }

func EpisodeWorkflow(ctx workflow.Context, storiesID int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
	return workflow.ExecuteActivity(ctx, EpisodeActivities.TranscribeEpisode, map[string]int{"storiesID": storiesID}).Get(ctx, nil)
}

func RegisterWorkflows(w worker.Registry) { w.RegisterWorkflow(EpisodeWorkflow) }

func RegisterActivities(w worker.Registry) { w.RegisterActivity(&EpisodeActivitiesImpl{}) }
