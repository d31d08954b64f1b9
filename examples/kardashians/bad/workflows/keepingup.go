// Package workflows decides what happens to the family, and when.
package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/examples/kardashians/bad/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/people"
)

// tasks names activities. It is never dereferenced: the activities run elsewhere.
var tasks *activities.Tasks

// Bad: without a RetryPolicy an activity is retried forever, every 100 seconds in the end, also when it fails for a
// reason that cannot go away. The workflow never fails, so nobody ever looks.
var options = workflow.ActivityOptions{
	StartToCloseTimeout: time.Minute,
}

// Kardashians keeps up with the family.
//
// Bad: whoever finds "KeepUpWithKardashians" in the web UI looks for a KardashianWorkflow and for its
// KardashianWorkflowImpl. There is neither.
type Kardashians interface {
	KeepUpWithKardashians(ctx workflow.Context, family []people.Person) error
}

// KeepingUp implements Kardashians.
type KeepingUp struct{}

var _ Kardashians = KeepingUp{}

// KeepUpWithKardashians welcomes a family, and then counts all Kardashians once an hour.
func (KeepingUp) KeepUpWithKardashians(ctx workflow.Context, family []people.Person) error {
	ctx = workflow.WithActivityOptions(ctx, options)

	// Bad: two activities a person, and nobody limits the family. At 51,200 events the server terminates the workflow,
	// somewhere in the middle.
	for _, p := range family {
		// Bad: AddNewKardashian takes two arguments. The SDK sends one, the other arrives as "", and the family fills
		// up with people who have no surname.
		if err := workflow.ExecuteActivity(ctx, tasks.AddNewKardashian, p.Name).Get(ctx, nil); err != nil {
			return err
		}
		if err := workflow.ExecuteActivity(ctx, tasks.StartRerun, p.Name).Get(ctx, nil); err != nil {
			return err
		}
	}

	// Bad: an hour is 11 events, so the server terminates this run after half a year. A run that goes on forever must
	// continue as new.
	for {
		var n int
		if err := workflow.ExecuteActivity(ctx, tasks.HowManyKardashians).Get(ctx, &n); err != nil {
			return err
		}
		workflow.GetLogger(ctx).Info("kept up", "kardashians", n)
		if err := workflow.Sleep(ctx, time.Hour); err != nil {
			return err
		}
	}
}
