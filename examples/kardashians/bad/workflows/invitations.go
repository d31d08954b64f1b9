package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// InvitationWorkflow tells the executions of guests, by their ids, where the party is. It returns how long that took.
func InvitationWorkflow(ctx workflow.Context, addresses map[string]string) (time.Duration, error) {
	// Bad: another time when the code runs again. Here only the result is another; in a condition it would be another
	// branch.
	start := time.Now()

	// Bad: a range over a map has another order each time. When the code runs again, from its history, the first guest is
	// somebody else, and the workflow is stuck with a non-determinism error.
	for guest, address := range addresses {
		if err := workflow.SignalExternalWorkflow(ctx, guest, "", "party", address).Get(ctx, nil); err != nil {
			workflow.GetLogger(ctx).Info("not at home", "guest", guest)
		}
	}
	return time.Since(start), nil
}
