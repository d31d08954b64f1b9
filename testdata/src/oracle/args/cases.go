package main

import (
	"context"

	"go.temporal.io/sdk/workflow"
)

// The test puts its own file in the place of this one.
var cases = []testCase{{"C0", A0, W0, 1}}

func A0(ctx context.Context, a string) error { record(a); return nil }

func W0(ctx workflow.Context) error {
	return workflow.ExecuteActivity(once(ctx), A0, "a").Get(ctx, nil)
}
