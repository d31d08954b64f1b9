// Package othernames dials things that are no Temporal server. Silent.
package othernames

import (
	"context"
	"net"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/clientreuse/othernames/client"
)

type activities struct{}

// Send dials a queue for each call: perhaps wrong, but not this rule's business.
func (activities) Send(ctx context.Context, message string) error {
	c, err := client.Dial(client.Options{HostPort: "queue:1234"})
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Send(ctx, message)
}

// Probe dials TCP.
func (activities) Probe(ctx context.Context, address string) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	return conn.Close()
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(activities{})
}
