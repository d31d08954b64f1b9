// Package fancydict is the guide's example of a type that says what is in the map.
package fancydict

import (
	"context"
	"time"

	"github.com/mediacloud/mcwflint/runtime/retry"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type FancyMap map[string]int

type FancyObject struct{ fancyArgument int }

func (f FancyObject) ToMap() FancyMap { return FancyMap{"fancy_argument": f.fancyArgument} }

func FromMap(m FancyMap) FancyObject { return FancyObject{fancyArgument: m["fancy_argument"]} }

type FancyActivities interface {
	FancyActivity(ctx context.Context, fancy FancyMap) (bool, error)
}

type FancyActivitiesImpl struct{}

func (*FancyActivitiesImpl) FancyActivity(ctx context.Context, fancy FancyMap) (bool, error) {
	return FromMap(fancy).fancyArgument > 0, nil
}

func Register(w worker.Registry) { w.RegisterActivity(&FancyActivitiesImpl{}) }

func FancyWorkflow(ctx workflow.Context, fancy FancyMap) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
	return workflow.ExecuteActivity(ctx, FancyActivities.FancyActivity, fancy).Get(ctx, nil)
}
