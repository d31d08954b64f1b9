// Package activities calls the getter from two activities: one report, at the shorter chain.
package activities

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"

	"example.com/corpus/clientreuse/getter/temporal"
)

type activities struct {
	clients *temporal.Clients
}

// Register makes the roles strong.
func Register(w worker.Worker, clients *temporal.Clients) {
	w.RegisterActivity(&activities{clients: clients})
}

// Cancel calls the getter itself.
func (a *activities) Cancel(ctx context.Context, namespace, id string) error {
	c, err := a.clients.ForNamespace(namespace) // want `NewClientFromExisting.*Cancel.*ForNamespace`
	if err != nil {
		return err
	}
	return c.CancelWorkflow(ctx, id, "")
}

// CancelAll is one call farther away.
func (a *activities) CancelAll(ctx context.Context, namespace string, ids []string) error {
	for _, id := range ids {
		if err := a.Cancel(ctx, namespace, id); err != nil {
			return err
		}
	}
	return nil
}

// CancelHere uses the client that is there.
func (a *activities) CancelHere(ctx context.Context, id string) error {
	return a.clients.Base().CancelWorkflow(ctx, id, "")
}

// CancelPrefixed wraps the client that is there.
func (a *activities) CancelPrefixed(ctx context.Context, name string) error {
	c := temporal.NewTemporalClient(a.clients.Base(), "people-")
	return c.CancelWorkflow(ctx, c.ID(name), "")
}

// CancelOwn wraps the worker's client.
func (a *activities) CancelOwn(ctx context.Context, name string) error {
	c := temporal.NewTemporalClient(activity.GetClient(ctx), "people-")
	return c.CancelWorkflow(ctx, c.ID(name), "")
}
