// Package workersinloop starts a worker for each service: each may have clients of its own.
package workersinloop

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"golang.org/x/sync/errgroup"
)

type Activities struct{ c client.Client }

func (a *Activities) Tell(ctx context.Context, id string) error {
	return a.c.SignalWorkflow(ctx, id, "", "tell", nil)
}

func newActivities() (*Activities, error) {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return nil, err
	}
	return &Activities{c}, nil
}

func runWorker(c client.Client) error {
	w := worker.New(c, "orders", worker.Options{})
	a, err := newActivities()
	if err != nil {
		return err
	}
	w.RegisterActivity(a)
	return w.Run(worker.InterruptCh())
}

func RunWorkers(c client.Client, services []string) error {
	var g errgroup.Group
	for _, service := range services {
		switch service {
		case "order":
			g.Go(func() error { return runWorker(c) })
		}
	}
	return g.Wait()
}

func TellAll(ctx context.Context, ids []string) error {
	for _, id := range ids {
		a, err := newActivities() // want `client\.Dial makes a client for each turn of the loop`
		if err != nil {
			return err
		}
		if err := a.Tell(ctx, id); err != nil {
			return err
		}
	}
	return nil
}
