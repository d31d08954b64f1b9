// Package activitylimit fetches a million addresses in one workflow.
package activitylimit

import (
	"context"
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type FetchActivities interface {
	Fetch(ctx context.Context, url int) error
}

type FetchActivitiesImpl struct{}

func (*FetchActivitiesImpl) Fetch(ctx context.Context, url int) error { return nil }

func options(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
}

func MillionWorkflow(ctx workflow.Context) error {
	ctx = options(ctx)
	for i := range 1_000_000 {
		if err := workflow.ExecuteActivity(ctx, FetchActivities.Fetch, i).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func RegisterWorkflows(w worker.Registry) { w.RegisterWorkflow(MillionWorkflow) }

func RegisterActivities(w worker.Registry) { w.RegisterActivity(&FetchActivitiesImpl{}) }
