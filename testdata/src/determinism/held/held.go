// Package held executes activities that variables and fields hold: what workflow code names there,
// it does not call.
package held

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"

	"example.com/corpus/determinism/held/acts"
)

var options = workflow.ActivityOptions{StartToCloseTimeout: time.Minute, ScheduleToCloseTimeout: time.Hour}

// MailWorkflow only names the functions.
func MailWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	if err := workflow.ExecuteActivity(ctx, acts.Stamp, id).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.ExecuteActivity(ctx, acts.Send, id).Get(ctx, nil)
}

// StampWorkflow calls one of them.
func StampWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	if acts.Clock().Hour() > 6 { // want `time.Now`
		return nil
	}
	return workflow.ExecuteActivity(ctx, acts.Send, id).Get(ctx, nil)
}

type steps struct {
	first func(context.Context, string) error
	clock func() time.Time
}

var all = steps{first: now, clock: time.Now} // want `time.Now.*StepsWorkflow`

func now(context.Context, string) error {
	time.Sleep(time.Second)
	return nil
}

// StepsWorkflow has them in fields.
func StepsWorkflow(ctx workflow.Context, id string) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	if all.clock().Hour() > 6 {
		return nil
	}
	return workflow.ExecuteActivity(ctx, all.first, id).Get(ctx, nil)
}
