// Package retry has the retry policy for activities that Media Cloud's workflow guide sanctions.
//
// Temporal's own default retries forever, every 100 seconds in the end, also what no retry can heal: such a workflow
// never fails, so nobody looks. The sanctioned policy is as patient as people need, stops in the end, and stops at once
// when the activity says that it is pointless:
//
//	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
//		StartToCloseTimeout: time.Minute,
//		RetryPolicy:         retry.DefaultPolicy(),
//	})
//
// Everything here is deterministic and can be called from workflow code.
package retry

import (
	"time"

	"go.temporal.io/sdk/temporal"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
)

// DefaultPolicy returns the sanctioned policy, DEFAULT_RETRY_PARAMETERS in Media Cloud's workflow guide: the second
// attempt follows after 1 second, each later pause is twice as long up to 2 hours, the 1000th attempt is the last, and
// none follows an [mcerror.McPermanentError].
//
// 1000 attempts take 82 days. That is time to notice a programming or configuration error, to deploy a fix, and to have
// the workflow go on as if nothing had happened; only permanent errors are not worth the wait.
//
// Each call returns a policy of its own, which the caller may change.
func DefaultPolicy() *temporal.RetryPolicy {
	return &temporal.RetryPolicy{
		InitialInterval:        time.Second,
		BackoffCoefficient:     2,
		MaximumInterval:        2 * time.Hour,
		MaximumAttempts:        1000,
		NonRetryableErrorTypes: []string{mcerror.PermanentType},
	}
}

// With returns the default policy as change leaves it, for activities that need another patience:
//
//	retry.With(func(p *temporal.RetryPolicy) {
//		p.MaximumAttempts = 5
//		p.NonRetryableErrorTypes = append(p.NonRetryableErrorTypes, "InvalidFeed")
//	})
//
// The server refuses a policy with a coefficient under 1, a maximum interval under the initial one, a negative interval or
// negative attempts, unless it has one attempt. It refuses to the worker, whose SDK logs that as information: the workflow
// task times out and is tried again, forever, and the workflow looks as if it were running. Zero values are legal and
// mean the server's defaults, for MaximumAttempts: unlimited.
func With(change func(*temporal.RetryPolicy)) *temporal.RetryPolicy {
	p := DefaultPolicy()
	change(p)
	return p
}
