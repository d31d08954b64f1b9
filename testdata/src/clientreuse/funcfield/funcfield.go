// Package funcfield keeps in a field how clients are made.
package funcfield

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type activities struct {
	connect func(namespace string) (client.Client, error)
	shared  func() client.Client
}

// dial is the connect of the worker.
func dial(namespace string) (client.Client, error) {
	return client.Dial(client.Options{Namespace: namespace}) // want `client.Dial.*Cancel.*dial`
}

// Cancel calls the field, which dials.
func (a *activities) Cancel(ctx context.Context, namespace, id string) error {
	c, err := a.connect(namespace)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.CancelWorkflow(ctx, id, "")
}

// CancelShared calls the field that gives what is there.
func (a *activities) CancelShared(ctx context.Context, id string) error {
	return a.shared().CancelWorkflow(ctx, id, "")
}

// Register makes the roles strong.
func Register(w worker.Worker, c client.Client) {
	w.RegisterActivity(&activities{connect: dial, shared: func() client.Client { return c }})
}
