// Package narrow has a part of client.Client as an interface of its own, as services have for their
// tests.
package narrow

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
)

// Starter is what a service needs of a client.
type Starter interface {
	ExecuteWorkflow(ctx context.Context, options client.StartWorkflowOptions, workflow interface{}, args ...interface{}) (client.WorkflowRun, error)
	SignalWorkflow(ctx context.Context, workflowID string, runID string, signalName string, arg any) error
	QueryWorkflow(ctx context.Context, workflowID, runID, queryType string, args ...any) (converter.EncodedValue, error)
}

// Mailer has a method of that name with other parameters.
type Mailer interface {
	SignalWorkflow(ctx context.Context, to, subject string, arg any) error
}

// OrderWorkflow waits for an approval.
func OrderWorkflow(ctx workflow.Context, id string, n int) error {
	var by string
	workflow.GetSignalChannel(ctx, "approval").Receive(ctx, &by)
	return workflow.SetQueryHandler(ctx, "count", func() (int, error) { return n, nil })
}

type service struct {
	starter Starter
	mailer  Mailer
}

func (s *service) start(ctx context.Context, id string) error {
	_, err := s.starter.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, OrderWorkflow, id) // want `OrderWorkflow takes 2 arguments after its context and gets 1`
	return err
}

func (s *service) approve(ctx context.Context, id string) error {
	if err := s.starter.SignalWorkflow(ctx, id, "", "approval", "me"); err != nil {
		return err
	}
	return s.starter.SignalWorkflow(ctx, id, "", "approval", 7) // want `signal approval is sent as \(int\) and read as \(string\)`
}

func (s *service) count(ctx context.Context, id string) (string, error) {
	value, err := s.starter.QueryWorkflow(ctx, id, "", "count")
	if err != nil {
		return "", err
	}
	var n string
	err = value.Get(&n) // want `the result of query count`
	return n, err
}

func (s *service) mail(ctx context.Context, id string) error {
	return s.mailer.SignalWorkflow(ctx, id, "approval", 7)
}
