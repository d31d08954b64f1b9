// Package options has helpers of another package.
package options

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// Empty are options without a timeout.
var Empty = workflow.ActivityOptions{TaskQueue: "orders"}

// Good are options with one.
var Good = workflow.ActivityOptions{StartToCloseTimeout: time.Minute}

// Make returns options without a timeout.
func Make() workflow.ActivityOptions { return workflow.ActivityOptions{TaskQueue: "orders"} }

// With returns a context in which activities have a minute.
func With(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
}

// Without returns one in which they have no timeout.
func Without(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{TaskQueue: "orders"})
}

// Run executes an activity on the context that it is given.
func Run(ctx workflow.Context, name string) error {
	return workflow.ExecuteActivity(ctx, name).Get(ctx, nil)
}
