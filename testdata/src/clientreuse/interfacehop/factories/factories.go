// Package factories has two factories.
package factories

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
)

// Dialing dials at each call.
type Dialing struct{ HostPort string }

// Client dials.
func (d Dialing) Client(ctx context.Context) (client.Client, error) {
	return client.DialContext(ctx, client.Options{HostPort: d.HostPort})
}

// Workers gives the worker's client.
type Workers struct{}

// Client dials nothing.
func (Workers) Client(ctx context.Context) (client.Client, error) {
	return activity.GetClient(ctx), nil
}
