// Package relay registers itself with any Sender.
package relay

import (
	"context"

	"go.temporal.io/sdk/worker"
)

// Sender sends signals.
type Sender interface {
	Send(ctx context.Context, id, signal string) error
}

type relay struct{ sender Sender }

// Relay is an activity.
func (r *relay) Relay(ctx context.Context, id string) error {
	return r.sender.Send(ctx, id, "relayed")
}

// Register registers the activity.
func Register(r worker.Registry, sender Sender) {
	r.RegisterActivity(&relay{sender: sender})
}
