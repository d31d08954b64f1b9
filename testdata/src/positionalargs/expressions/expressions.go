// Package expressions executes activities by method expressions that variables of another package
// hold: the receiver is no argument.
package expressions

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"example.com/corpus/determinism/held/acts"
)

var options = workflow.ActivityOptions{StartToCloseTimeout: time.Minute, ScheduleToCloseTimeout: time.Hour}

// MailWorkflow gives the activity what it takes.
func MailWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, acts.Send, id).Get(ctx, nil)
}

// LostWorkflow leaves it out, NumberWorkflow gives it something else.
func LostWorkflow(ctx workflow.Context) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, acts.Send).Get(ctx, nil) // want `acts.Send takes 1 argument after its context and gets 0`
}

func NumberWorkflow(ctx workflow.Context, id int) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, acts.Send, id).Get(ctx, nil) // want `argument 1 of acts.Send: int is read as string`
}
