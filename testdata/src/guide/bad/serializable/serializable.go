// Package serializable is the guide's example of an argument that arrives empty.
package serializable

import (
	"context"
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type FancyObject struct{ fancyArgument int }

type FancyActivities interface {
	FancyActivity(ctx context.Context, fancy FancyObject) (bool, error)
}

type FancyActivitiesImpl struct{}

func (*FancyActivitiesImpl) FancyActivity(ctx context.Context, fancy FancyObject) (bool, error) {
	return fancy.fancyArgument > 0, nil
}

func Register(w worker.Registry) { w.RegisterActivity(&FancyActivitiesImpl{}) }

func FancyWorkflow(ctx workflow.Context, fancy FancyObject) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
	return workflow.ExecuteActivity(ctx, FancyActivities.FancyActivity, fancy).Get(ctx, nil)
}
