// Package messagesender sends what another package reads.
package messagesender

import (
	"context"

	"example.com/corpus/positionalargs/messages"
	"go.temporal.io/sdk/client"
)

func Send(ctx context.Context, c client.Client) error {
	return c.SignalWorkflow(ctx, "id", "", messages.Approve, true) // want `signal approve is sent as \(bool\) and read as \(messages\.Decision\) at messages\.go:\d+`
}
