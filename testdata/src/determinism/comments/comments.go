// Package comments has findings that a comment accepts. Silent, but for the last.
package comments

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

func LineWorkflow(ctx workflow.Context) error {
	_ = time.Now() //workflowcheck:ignore
	//workflowcheck:ignore
	_ = time.Now()
	_ = time.Now() //mcwflint:ignore determinism -- only for the log
	return nil
}

// helper is accepted as a whole.
//
//workflowcheck:ignore
func helper() time.Time { return time.Now() }

func HelperWorkflow(ctx workflow.Context) (time.Time, error) { return helper(), nil }

func AfterWorkflow(ctx workflow.Context) error {
	//workflowcheck:ignore
	_ = time.Now()
	_ = time.Now() // want `time\.Now in workflow code`
	return nil
}
