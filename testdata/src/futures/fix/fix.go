// Package fix has dropped errors that can be returned.
package fix

import "go.temporal.io/sdk/workflow"

func FixWorkflow(ctx workflow.Context) error {
	workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil) // want `the error of Future\.Get is dropped`
	return nil
}

// Two results: what the first one would be is not known.
func ValueWorkflow(ctx workflow.Context) (int, error) {
	workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil) // want `the error of Future\.Get is dropped`
	return 1, nil
}
