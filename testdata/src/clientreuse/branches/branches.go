// Package branches makes a client in one of two ways and keeps it, whichever it was. Silent.
package branches

import (
	"context"
	"sync"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

var (
	mu      sync.Mutex
	clients = map[string]client.Client{}
)

func forNamespace(ctx context.Context, namespace string) (client.Client, error) {
	mu.Lock()
	defer mu.Unlock()
	c, first := clients[namespace], clients[""]
	if c != nil {
		return c, nil
	}
	var err error
	if first == nil {
		c, err = client.DialContext(ctx, client.Options{Namespace: namespace})
	} else {
		c, err = client.NewClientFromExisting(first, client.Options{Namespace: namespace})
	}
	if err != nil {
		return nil, err
	}
	clients[namespace] = c
	return c, nil
}

// Activities starts workflows in other namespaces.
type Activities struct{}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
}

// Start starts one.
func (*Activities) Start(ctx context.Context, namespace string) error {
	c, err := forNamespace(ctx, namespace)
	if err != nil {
		return err
	}
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: "season"}, "SeasonWorkflow")
	return err
}
