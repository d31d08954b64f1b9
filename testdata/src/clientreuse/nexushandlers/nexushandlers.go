// Package nexushandlers makes a client in the handlers of Nexus operations, which run in a worker that has one.
package nexushandlers

import (
	"context"

	"github.com/nexus-rpc/sdk-go/nexus"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporalnexus"
	"go.temporal.io/sdk/worker"
)

func cancel(ctx context.Context, id string, _ nexus.StartOperationOptions) (nexus.NoValue, error) {
	c, err := client.Dial(client.Options{}) // want `client.Dial makes a client for each request.*cancel`
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return nil, c.CancelWorkflow(ctx, id, "")
}

// Cancel is an operation in a package variable.
var Cancel = nexus.NewSyncOperation("cancel", cancel)

// Remind has its handler as a function literal.
var Remind = nexus.NewSyncOperation("remind", func(ctx context.Context, id string, _ nexus.StartOperationOptions) (nexus.NoValue, error) {
	c, err := client.Dial(client.Options{}) // want `client.Dial makes a client for each request.*Remind`
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return nil, c.SignalWorkflow(ctx, id, "", "remind", nil)
})

// Terminate uses the worker's client.
var Terminate = nexus.NewSyncOperation("terminate", func(ctx context.Context, id string, _ nexus.StartOperationOptions) (nexus.NoValue, error) {
	return nil, temporalnexus.GetClient(ctx).TerminateWorkflow(ctx, id, "", "")
})

// Register makes a service of them.
func Register(w worker.Worker) error {
	service := nexus.NewService("orders")
	if err := service.Register(Cancel, Remind, Terminate); err != nil {
		return err
	}
	w.RegisterNexusService(service)
	return nil
}
