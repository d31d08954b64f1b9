// Package senders has two senders, and one that wraps any.
package senders

import (
	"context"
	"log/slog"

	"go.temporal.io/sdk/client"

	"example.com/corpus/clientreuse/conversion/relay"
)

// Connecting makes a client for each signal.
type Connecting struct{ Options client.Options }

// Send makes one.
func (s *Connecting) Send(ctx context.Context, id, signal string) error {
	c, err := client.NewLazyClient(s.Options)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, id, "", signal, nil)
}

// Connected has its client.
type Connected struct{ Client client.Client }

// Send uses it.
func (s *Connected) Send(ctx context.Context, id, signal string) error {
	return s.Client.SignalWorkflow(ctx, id, "", signal, nil)
}

// Logged wraps a sender and is one.
type Logged struct{ Next relay.Sender }

// Send logs and sends.
func (l Logged) Send(ctx context.Context, id, signal string) error {
	slog.InfoContext(ctx, "send", "id", id, "signal", signal)
	return l.Next.Send(ctx, id, signal)
}
