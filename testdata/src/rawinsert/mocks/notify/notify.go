// Package notify has the activity and its interface.
package notify

import (
	"context"

	"go.temporal.io/sdk/worker"
)

// Outbox keeps messages.
type Outbox interface {
	Push(ctx context.Context, message string) error
}

type notifier struct{ outbox Outbox }

// Notify is an activity.
func (n *notifier) Notify(ctx context.Context, message string) error {
	return n.outbox.Push(ctx, message)
}

// Register registers.
func Register(r worker.Registry, outbox Outbox) {
	r.RegisterActivity(&notifier{outbox: outbox})
}
