// Package inactivities makes a client in activities, for each call.
package inactivities

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type activities struct {
	options client.Options
	client  client.Client
}

// Register makes the roles strong.
func Register(w worker.Worker, c client.Client) {
	w.RegisterActivity(&activities{client: c})
}

// StartChild dials.
func (a *activities) StartChild(ctx context.Context, name string) error {
	c, err := client.Dial(client.Options{}) // want `client.Dial`
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: "people"}, "Greet", name)
	return err
}

// StartInContext dials with a context.
func (a *activities) StartInContext(ctx context.Context, name string) error {
	c, err := client.DialContext(ctx, a.options) // want `client.DialContext`
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, "greet-"+name, "", "hello", nil)
}

// Lazy connects at its first call, which is each activity's first call.
func (a *activities) Lazy(ctx context.Context, name string) error {
	c, err := client.NewLazyClient(a.options) // want `NewLazyClient`
	if err != nil {
		return err
	}
	defer c.Close()
	return c.CancelWorkflow(ctx, name, "")
}

// Old uses the old name of Dial.
func (a *activities) Old(ctx context.Context, name string) error {
	c, err := client.NewClient(a.options) // want `client.NewClient`
	if err != nil {
		return err
	}
	defer c.Close()
	return c.CancelWorkflow(ctx, name, "")
}

// OtherNamespace shares the connection, but builds a client for each call and never closes it.
func (a *activities) OtherNamespace(ctx context.Context, namespace, name string) error {
	c, err := client.NewClientFromExisting(a.client, client.Options{Namespace: namespace}) // want `NewClientFromExisting`
	if err != nil {
		return err
	}
	return c.CancelWorkflow(ctx, name, "")
}

// Namespaces makes a client for namespaces.
func (a *activities) Namespaces(ctx context.Context, namespace string) error {
	c, err := client.NewNamespaceClient(a.options) // want `NewNamespaceClient`
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Describe(ctx, namespace)
	return err
}

// Helped dials in a helper of this package.
func (a *activities) Helped(ctx context.Context, name string) error {
	return a.withClient(func(c client.Client) error {
		return c.CancelWorkflow(ctx, name, "")
	})
}

func (a *activities) withClient(do func(client.Client) error) error {
	c, err := client.Dial(a.options) // want `client.Dial.*Helped.*withClient`
	if err != nil {
		return err
	}
	defer c.Close()
	return do(c)
}

// Field uses the client that the worker was made with.
func (a *activities) Field(ctx context.Context, name string) error {
	return a.client.CancelWorkflow(ctx, name, "")
}

// FromContext uses the worker's client.
func (a *activities) FromContext(ctx context.Context, name string) error {
	return activity.GetClient(ctx).CancelWorkflow(ctx, name, "")
}

// connect is not reached by an activity.
func connect() (client.Client, error) {
	return client.Dial(client.Options{})
}

var _ = connect
