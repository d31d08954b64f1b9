// Package send wraps what sends and reads signals.
package send

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/workflow"
)

// Signal sends any payload.
func Signal(ctx context.Context, c client.Client, id, name string, payload any) error {
	if err := c.SignalWorkflow(ctx, id, "", name, payload); err != nil {
		return fmt.Errorf("signal %s: %w", name, err)
	}
	return nil
}

// Enveloped sends something else than it is given.
func Enveloped(ctx context.Context, c client.Client, id, name string, payload any) error {
	return c.SignalWorkflow(ctx, id, "", name, map[string]any{"payload": payload})
}

// Drain reads all that is there.
func Drain[T any](ctx workflow.Context, name string) []T {
	ch := workflow.GetSignalChannel(ctx, name)
	var all []T
	for {
		var v T
		if !ch.ReceiveAsync(&v) {
			return all
		}
		all = append(all, v)
	}
}

// Into reads into what it is given.
func Into(ctx workflow.Context, name string, to any) {
	workflow.GetSignalChannel(ctx, name).Receive(ctx, to)
}
