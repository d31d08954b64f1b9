// Package ignored has a client of its own for a reason.
package ignored

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type activities struct{}

// ProbeAddress must connect anew: the connection is what it tests.
//
//mcwflint:ignore clientreuse -- a probe of the connection itself
func (activities) ProbeAddress(ctx context.Context, address string) error {
	c, err := client.DialContext(ctx, client.Options{HostPort: address})
	if err != nil {
		return err
	}
	c.Close()
	return nil
}

// Cancel has no reason.
func (activities) Cancel(ctx context.Context, id string) error {
	c, err := client.DialContext(ctx, client.Options{}) // want `client.DialContext`
	if err != nil {
		return err
	}
	defer c.Close()
	return c.CancelWorkflow(ctx, id, "")
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(activities{})
}
