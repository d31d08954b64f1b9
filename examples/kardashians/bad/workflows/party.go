package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/examples/kardashians/bad/activities"
)

// ThrowParty celebrates a birth: the host gets a car, the grandmother an invitation, the family a child.
//
// Bad: a plain workflow function without Workflow at the end of its name.
func ThrowParty(ctx workflow.Context, host, child string) (int, error) {
	ctx = workflow.WithActivityOptions(ctx, options)

	// Bad: there are no named arguments. The map travels as one argument, cannot be decoded into a string, and the
	// activity fails before its first line, again and again.
	birth := workflow.ExecuteActivity(ctx, tasks.AddNewKardashian, map[string]string{
		"name":    child,
		"surname": "Kardashian",
	})

	car := activities.NewCar("KK 1", "Bentley Continental")
	if err := workflow.ExecuteActivity(ctx, tasks.AddCar, host, car).Get(ctx, nil); err != nil {
		return 0, err
	}

	logger := workflow.GetLogger(ctx)
	kris := activities.Guest{
		Name: "Kris",
		RSVP: func(answer string) { logger.Info("Kris answered", "answer", answer) },
	}
	if err := workflow.ExecuteActivity(ctx, tasks.Invite, kris).Get(ctx, nil); err != nil {
		return 0, err
	}

	if err := birth.Get(ctx, nil); err != nil {
		return 0, err
	}

	counting := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		// Bad: the server refuses a coefficient under 1. It tells the worker, which logs it as information; the workflow
		// task times out and is tried again, forever, and the workflow looks as if it were running.
		RetryPolicy: &temporal.RetryPolicy{
			InitialInterval:    time.Minute,
			BackoffCoefficient: 0.5,
			MaximumAttempts:    10,
		},
	})
	var n int
	err := workflow.ExecuteActivity(counting, tasks.HowManyKardashians).Get(counting, &n)
	return n, err
}
