package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
)

// A run invokes two activities a person and one a count: 700 at most, of the 1000 that it may.
const (
	maxFamily = 100
	maxCounts = 500
)

// KardashianWorkflow keeps up with the family.
type KardashianWorkflow interface {
	KeepUpWithKardashians(ctx workflow.Context, family []people.Person) error
}

// KardashianWorkflowImpl implements KardashianWorkflow.
type KardashianWorkflowImpl struct{}

var _ KardashianWorkflow = KardashianWorkflowImpl{}

// KeepUpWithKardashians welcomes a family, and then counts all Kardashians once an hour.
func (w KardashianWorkflowImpl) KeepUpWithKardashians(ctx workflow.Context, family []people.Person) error {
	if len(family) > maxFamily {
		return temporal.NewNonRetryableApplicationError("the family is too large for one run", "FamilyTooLarge", nil)
	}
	ctx = withActivityOptions(ctx)

	for _, p := range family {
		if err := workflow.ExecuteActivity(ctx, kardashian.AddNewKardashian, p.Name, p.Surname).Get(ctx, nil); err != nil {
			return err
		}
		if err := workflow.ExecuteActivity(ctx, kardashian.StartRerun, p.Name).Get(ctx, nil); err != nil {
			return err
		}
	}

	for range maxCounts {
		var n int
		if err := workflow.ExecuteActivity(ctx, kardashian.HowManyKardashians).Get(ctx, &n); err != nil {
			return err
		}
		workflow.GetLogger(ctx).Info("kept up", "kardashians", n)
		if err := workflow.Sleep(ctx, time.Hour); err != nil {
			return err
		}
	}

	// The next run starts with an empty history, and with nobody left to welcome.
	var nobody []people.Person
	return workflow.NewContinueAsNewError(ctx, w.KeepUpWithKardashians, nobody)
}
