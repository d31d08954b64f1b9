// Package ignored says why its loops are as they are.
package ignored

import (
	"context"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Load(ctx context.Context, name string) error { return nil }

func Regions(ctx workflow.Context, regions []string) error {
	//mcwflint:ignore activitylimit -- there are nine regions
	for _, region := range regions {
		if err := all(ctx, region); err != nil {
			return err
		}
	}
	return nil
}

func all(ctx workflow.Context, region string) error {
	return workflow.ExecuteActivity(ctx, Load, region).Get(ctx, nil)
}

//mcwflint:ignore activitylimit -- nothing to silence // want `unused directive: activitylimit reports nothing here`
func Register(w worker.Worker) {
	w.RegisterWorkflow(Regions)
	w.RegisterActivity(Load)
}
