package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// InvitationWorkflow tells the executions of guests, by their ids, where the party is. It returns how long that took.
//
// The history knows the time, and the keys of a map in their order are the same in every replay.
func InvitationWorkflow(ctx workflow.Context, addresses map[string]string) (time.Duration, error) {
	start := workflow.Now(ctx)
	for _, guest := range workflow.DeterministicKeys(addresses) {
		if err := workflow.SignalExternalWorkflow(ctx, guest, "", "party", addresses[guest]).Get(ctx, nil); err != nil {
			workflow.GetLogger(ctx).Info("not at home", "guest", guest)
		}
	}
	return workflow.Now(ctx).Sub(start), nil
}
