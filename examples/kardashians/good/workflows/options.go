// Package workflows decides what happens to the family, and when.
package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/runtime/retry"
)

// kardashian names activities. It is never dereferenced: the activities run elsewhere.
var kardashian *activities.KardashianActivitiesImpl

// withActivityOptions returns a context in which activities have a minute, and are retried.
//
// 1000 attempts, two hours apart in the end, are almost three months: time to notice a bug or an outage, and to fix it,
// after which the workflow goes on as if nothing had happened. Only permanent errors end it at once.
func withActivityOptions(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
}
