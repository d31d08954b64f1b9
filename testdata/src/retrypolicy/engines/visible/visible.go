// Package visible gives options to an interface whose implementation it sees.
package visible

import (
	"time"

	"example.com/corpus/engines/engine"
	"example.com/corpus/engines/standin"
	"example.com/corpus/engines/temporal"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

// Both are known: one of them makes the options a context's.
func Both(c client.Client, dry bool) engine.Provider {
	if dry {
		return standin.New()
	}
	return temporal.New(c)
}

// Run is a workflow.
func Run(ctx workflow.Context, p engine.Provider) error {
	return workflow.ExecuteActivity(p.WithOptions(ctx, workflow.ActivityOptions{ // want `activity options without a RetryPolicy`
		StartToCloseTimeout: time.Minute,
	}), "Charge").Get(ctx, nil)
}
