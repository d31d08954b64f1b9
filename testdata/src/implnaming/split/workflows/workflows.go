// Package workflows says what it needs of the activities.
package workflows

import (
	"context"

	"go.temporal.io/sdk/workflow"
)

type MailActivities interface {
	Send(ctx context.Context, to string) error
}

// Ringer is what something else needs, and like a struct that the workflows do not know.
type Ringer interface {
	Ring(ctx context.Context) error
}

func MailWorkflow(ctx workflow.Context, to string) error {
	var a MailActivities
	return workflow.ExecuteActivity(ctx, a.Send, to).Get(ctx, nil)
}
