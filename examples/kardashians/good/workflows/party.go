package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
)

// PartyWorkflow celebrates a birth: the host gets a car, the grandmother an invitation, the family a child. It returns
// the size of the family.
func PartyWorkflow(ctx workflow.Context, host, child string) (int, error) {
	ctx = withActivityOptions(ctx)

	birth := workflow.ExecuteActivity(ctx, kardashian.AddNewKardashian, child, "Kardashian")

	car := activities.Car{Plate: "KK 1", Model: "Bentley Continental"}
	if err := workflow.ExecuteActivity(ctx, kardashian.AddCar, host, car).Get(ctx, nil); err != nil {
		return 0, err
	}

	kris := activities.Guest{Name: "Kris", ReplyTo: host}
	if err := workflow.ExecuteActivity(ctx, kardashian.Invite, kris).Get(ctx, nil); err != nil {
		return 0, err
	}

	if err := birth.Get(ctx, nil); err != nil {
		return 0, err
	}
	var n int
	err := workflow.ExecuteActivity(ctx, kardashian.HowManyKardashians).Get(ctx, &n)
	return n, err
}
