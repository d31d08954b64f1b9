// Package kardashian is the guide's example of names.
package kardashian

import (
	"context"
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type KardashianActivities interface {
	AddNewKardashian(ctx context.Context) error
}

type KardashianActivitiesImpl struct{}

func (*KardashianActivitiesImpl) AddNewKardashian(ctx context.Context) error { return nil }

type KardashianWorkflow interface {
	KeepUpWithKardashians(ctx workflow.Context) error
}

type KardashianWorkflowImpl struct{ Activities KardashianActivities }

func (w *KardashianWorkflowImpl) KeepUpWithKardashians(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
	return workflow.ExecuteActivity(ctx, w.Activities.AddNewKardashian).Get(ctx, nil)
}

func RegisterWorkflows(w worker.Registry) {
	w.RegisterWorkflow((&KardashianWorkflowImpl{}).KeepUpWithKardashians)
}

func RegisterActivities(w worker.Registry) { w.RegisterActivity(&KardashianActivitiesImpl{}) }
