package clean

import (
	"testing"

	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
)

func Tested(ctx workflow.Context) error { return nil }

func TestTested(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(Tested)
	env.ExecuteWorkflow(Tested)
}
