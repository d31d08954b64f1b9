package retry_test

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/retry"
)

// FetchWorkflow gives every activity a minute, and the sanctioned patience.
func FetchWorkflow(ctx workflow.Context, storyID int) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.DefaultPolicy(),
	})
	return workflow.ExecuteActivity(ctx, "Fetch", storyID).Get(ctx, nil)
}

func ExampleDefaultPolicy() {
	p := retry.DefaultPolicy()
	fmt.Println(p.InitialInterval, p.BackoffCoefficient, p.MaximumInterval, p.MaximumAttempts, p.NonRetryableErrorTypes)
	// Output: 1s 2 2h0m0s 1000 [McPermanentError]
}

// A server that is away for days need not be asked every two hours, and not forever.
func ExampleWith() {
	p := retry.With(func(p *temporal.RetryPolicy) {
		p.InitialInterval = time.Minute
		p.MaximumInterval = 7 * 24 * time.Hour
		p.MaximumAttempts = 50
	})
	fmt.Println(p.MaximumAttempts, p.NonRetryableErrorTypes)
	// Output: 50 [McPermanentError]
}
