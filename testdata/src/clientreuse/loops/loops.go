// Package loops makes a client for each piece of work.
package loops

import (
	"context"
	"errors"

	"go.temporal.io/sdk/client"
)

// CancelAll dials once for each workflow.
func CancelAll(ctx context.Context, ids []string) error {
	var errs []error
	for _, id := range ids {
		c, err := client.Dial(client.Options{}) // want `client.Dial`
		if err != nil {
			return err
		}
		errs = append(errs, c.CancelWorkflow(ctx, id, ""))
		c.Close()
	}
	return errors.Join(errs...)
}

// Drain makes a client for each message.
func Drain(ctx context.Context, ids <-chan string) error {
	for id := range ids {
		c, err := client.NewLazyClient(client.Options{}) // want `NewLazyClient`
		if err != nil {
			return err
		}
		if err := c.CancelWorkflow(ctx, id, ""); err != nil {
			return err
		}
		c.Close()
	}
	return nil
}

// CancelShared makes one client for all.
func CancelShared(ctx context.Context, ids []string) error {
	c, err := client.Dial(client.Options{})
	if err != nil {
		return err
	}
	defer c.Close()
	var errs []error
	for _, id := range ids {
		errs = append(errs, c.CancelWorkflow(ctx, id, ""))
	}
	return errors.Join(errs...)
}

// Connect makes a client for each namespace, once, and keeps them: as many as there are namespaces, however much work comes.
func Connect(namespaces []string) (map[string]client.Client, error) {
	clients := make(map[string]client.Client, len(namespaces))
	for _, namespace := range namespaces {
		c, err := client.NewLazyClient(client.Options{Namespace: namespace})
		if err != nil {
			return nil, err
		}
		clients[namespace] = c
	}
	return clients, nil
}
