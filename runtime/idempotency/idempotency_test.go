package idempotency_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/idempotency"
)

// Have: the same key for each attempt, and another for each execution.
func TestKey(t *testing.T) {
	var keys []string
	charge := func(ctx context.Context) error {
		keys = append(keys, idempotency.Key(ctx))
		if len(keys)%2 == 1 {
			return errors.New("the answer is lost")
		}
		return nil
	}
	env := new(testsuite.WorkflowTestSuite).NewTestWorkflowEnvironment()
	env.RegisterActivity(charge)
	env.ExecuteWorkflow(func(ctx workflow.Context) error {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
			StartToCloseTimeout: time.Minute,
			RetryPolicy:         &temporal.RetryPolicy{InitialInterval: time.Second, MaximumAttempts: 3},
		})
		for range 2 {
			if err := workflow.ExecuteActivity(ctx, charge).Get(ctx, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err := env.GetWorkflowError(); err != nil {
		t.Fatal(err)
	}
	if len(keys) != 4 || keys[0] != keys[1] || keys[2] != keys[3] || keys[0] == keys[2] || slices.Contains(keys, "") {
		t.Errorf("%q", keys)
	}
}
