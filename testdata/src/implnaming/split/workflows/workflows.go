// Package workflows says what it needs of the activities.
package workflows

import (
	"context"

	"go.temporal.io/sdk/workflow"
)

type MailActivities interface {
	Send(ctx context.Context, to string) error
}

func MailWorkflow(ctx workflow.Context, to string) error {
	var a MailActivities
	return workflow.ExecuteActivity(ctx, a.Send, to).Get(ctx, nil)
}
