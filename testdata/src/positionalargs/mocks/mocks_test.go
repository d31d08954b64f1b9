package mocks

import (
	"testing"

	"github.com/stretchr/testify/mock"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
)

func flow(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, Charge, "a").Get(ctx, nil) // want `Charge takes 2 arguments after its context and gets 1`
}

func Test(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	env.OnActivity(Charge, mock.Anything, "a").Return(nil) // want `the mock of Charge has 2 arguments and the SDK calls it with 3, the context included: it never matches`
	env.OnActivity(Charge, mock.Anything, "a", 5).Return(nil)
	env.OnActivity(Charge, mock.Anything, mock.Anything, mock.Anything, mock.Anything).Return(nil)
	env.OnActivity(Charge, mock.Anything, "a", 5, 6).Return(nil) // want `the mock of Charge has 4 arguments and the SDK calls it with 3`
	env.OnActivity(Charge).Return(nil)                           // want `the mock of Charge has 0 arguments and the SDK calls it with 3`
	env.ExecuteWorkflow(flow, 1)                                 // want `flow takes 0 arguments after its context and gets 1`
}
