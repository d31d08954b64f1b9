package clean

import (
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
)

// One process is right for a test.
func TestBoth(t *testing.T) {
	var c client.Client
	w := worker.New(c, "q", worker.Options{})
	w.RegisterWorkflow(Flow)
	w.RegisterActivity(Act)

	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(Flow)
	env.RegisterActivity(Act)
}
