package workertest_test

import (
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

func keepUpWorkflow(workflow.Context) error { return nil }

// Example is the body of a test.
func Example() {
	_ = func(t *testing.T, c client.Client) {
		const taskQueue = "keep-up-test"
		w := worker.New(c, taskQueue, worker.Options{})
		w.RegisterWorkflow(keepUpWorkflow)
		workertest.Start(t, w)

		run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: taskQueue}, keepUpWorkflow)
		if err != nil {
			t.Fatal(err)
		}
		if err := run.Get(t.Context(), nil); err != nil {
			t.Error(err)
		}
	}
}
