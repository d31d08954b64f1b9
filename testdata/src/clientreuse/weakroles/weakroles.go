// Package weakroles registers nothing: names and the activity package say who is who.
package weakroles

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

// StarterActivitiesImpl is an implementation by its name.
type StarterActivitiesImpl struct{}

// Start dials.
func (*StarterActivitiesImpl) Start(ctx context.Context, name string) error {
	c, err := client.Dial(client.Options{}) // want `client.Dial.*Start`
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: "people"}, name)
	return err
}

// Describe uses the activity package.
func Describe(ctx context.Context) (string, error) {
	info := activity.GetInfo(ctx)
	c, err := client.NewLazyClient(client.Options{}) // want `NewLazyClient.*Describe`
	if err != nil {
		return "", err
	}
	defer c.Close()
	description, err := c.DescribeWorkflowExecution(ctx, info.WorkflowExecution.ID, "")
	if err != nil {
		return "", err
	}
	return description.GetWorkflowExecutionInfo().GetTaskQueue(), nil
}

// CleanupWorkflow is a method of an interface of that name's kind.
type CleanupWorkflow interface {
	Cleanup(ctx workflow.Context, id string) error
}

type cleanup struct{}

var _ CleanupWorkflow = cleanup{}

// Cleanup is a workflow by its interface.
func (cleanup) Cleanup(_ workflow.Context, id string) error {
	c, err := client.Dial(client.Options{}) // want `client.Dial.*Cleanup`
	if err != nil {
		return err
	}
	defer c.Close()
	return c.TerminateWorkflow(context.Background(), id, "", "cleanup")
}

// Open is a constructor; nothing says who calls it.
func Open() (client.Client, error) {
	return client.Dial(client.Options{})
}
