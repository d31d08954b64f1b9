// Package continueasnew drops continue-as-new errors; the second half looks like it.
package continueasnew

import (
	"errors"
	"fmt"

	"go.temporal.io/sdk/workflow"
)

func DropWorkflow(ctx workflow.Context, n int) error {
	workflow.NewContinueAsNewError(ctx, DropWorkflow, n) // want `the continue-as-new error is not returned: the workflow ends here`
	return nil
}

func BlankWorkflow(ctx workflow.Context, n int) error {
	_ = workflow.NewContinueAsNewError(ctx, BlankWorkflow, n) // want `the continue-as-new error is not returned`
	return nil
}

func LogWorkflow(ctx workflow.Context, n int) error {
	err := workflow.NewContinueAsNewError(ctx, LogWorkflow, n) // want `the continue-as-new error is not returned`
	if err != nil {
		workflow.GetLogger(ctx).Error("continue", "error", err)
	}
	return nil
}

func ReturnWorkflow(ctx workflow.Context, n int) error {
	return workflow.NewContinueAsNewError(ctx, ReturnWorkflow, n)
}

func PairWorkflow(ctx workflow.Context, n int) (int, error) {
	return 0, workflow.NewContinueAsNewError(ctx, PairWorkflow, n)
}

func VariableWorkflow(ctx workflow.Context, n int) error {
	err := workflow.NewContinueAsNewError(ctx, VariableWorkflow, n)
	return err
}

func NamedWorkflow(ctx workflow.Context, n int) (err error) {
	err = workflow.NewContinueAsNewError(ctx, NamedWorkflow, n)
	return
}

func WrappedWorkflow(ctx workflow.Context, n int) error {
	err := workflow.NewContinueAsNewError(ctx, WrappedWorkflow, n)
	return fmt.Errorf("again: %w", err)
}

func JoinedWorkflow(ctx workflow.Context, n int) error {
	err := workflow.NewContinueAsNewError(ctx, JoinedWorkflow, n)
	var again *workflow.ContinueAsNewError
	if errors.As(err, &again) {
		return again
	}
	return nil
}

func again(ctx workflow.Context) error { return workflow.NewContinueAsNewError(ctx, ReturnWorkflow, 1) }

func HelperWorkflow(ctx workflow.Context) error { return again(ctx) }
