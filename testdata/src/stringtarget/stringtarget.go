// Package stringtarget names targets by strings.
package stringtarget

import (
	"context"

	"example.com/corpus/stringtarget/activities"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func local(ctx context.Context) error { return nil }

func NameWorkflow(ctx workflow.Context, name string) error {
	workflow.ExecuteActivity(ctx, "Charge")             // want `Charge is named by a string: .*; name the function activities\.Charge`
	workflow.ExecuteActivity(ctx, "local")              // want `local is named by a string`
	workflow.ExecuteChildWorkflow(ctx, "OtherWorkflow") // want `OtherWorkflow is named by a string`
	workflow.ExecuteActivity(ctx, "refund-v2")
	workflow.ExecuteActivity(ctx, "Elsewhere")
	workflow.ExecuteActivity(ctx, "Unregistered") // want `Unregistered is named by a string: .*; name the function activities\.Set\.Unregistered`
	workflow.ExecuteActivity(ctx, "Twice")
	workflow.ExecuteActivity(ctx, "Plain")
	workflow.ExecuteChildWorkflow(ctx, "Unregistered")
	workflow.ExecuteActivity(ctx, name)
	return workflow.ExecuteActivity(ctx, activities.Charge).Get(ctx, nil)
}

func OtherWorkflow(ctx workflow.Context) error { return nil }

func Register(w worker.Worker) {
	w.RegisterActivity(activities.Charge)
	w.RegisterActivity(local)
	w.RegisterActivityWithOptions(activities.Refund, activity.RegisterOptions{Name: "refund-v2"})
	w.RegisterWorkflow(NameWorkflow)
	w.RegisterWorkflow(OtherWorkflow)
}
