// Package notify asks a factory for clients.
package notify

import (
	"context"

	"go.temporal.io/sdk/client"
)

// Factory gives a client.
type Factory interface {
	Client(ctx context.Context) (client.Client, error)
}

// Notifier is registered by its worker.
type Notifier struct {
	Factory Factory
}

// NotifyParent is the activity.
func (n *Notifier) NotifyParent(ctx context.Context, id string) error {
	c, err := n.Factory.Client(ctx)
	if err != nil {
		return err
	}
	return c.SignalWorkflow(ctx, id, "", "notify", nil)
}
