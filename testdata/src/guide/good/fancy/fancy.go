// Package fancy is the guide's example of a simple map for an argument.
package fancy

import (
	"context"
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type FancyObject struct{ fancyArgument int }

func (f FancyObject) ToMap() map[string]int { return map[string]int{"fancy_argument": f.fancyArgument} }

func FromMap(m map[string]int) FancyObject { return FancyObject{fancyArgument: m["fancy_argument"]} }

type FancyActivities interface {
	FancyActivity(ctx context.Context, fancy map[string]int) (bool, error)
}

type FancyActivitiesImpl struct{}

func (*FancyActivitiesImpl) FancyActivity(ctx context.Context, fancy map[string]int) (bool, error) {
	return FromMap(fancy).fancyArgument > 0, nil
}

func Register(w worker.Registry) { w.RegisterActivity(&FancyActivitiesImpl{}) }

func FancyWorkflow(ctx workflow.Context, fancy map[string]int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
	return workflow.ExecuteActivity(ctx, FancyActivities.FancyActivity, fancy).Get(ctx, nil)
}
