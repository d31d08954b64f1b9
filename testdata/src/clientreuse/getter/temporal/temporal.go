// Package temporal has the program's own functions around clients.
package temporal

import (
	"fmt"

	"go.temporal.io/sdk/client"
)

// Clients gives out clients by namespace.
type Clients struct {
	base client.Client
}

// NewClients keeps base.
func NewClients(base client.Client) *Clients { return &Clients{base: base} }

// ForNamespace looks like a getter, and makes a client at each call, which nobody closes.
func (c *Clients) ForNamespace(namespace string) (client.Client, error) {
	tc, err := client.NewClientFromExisting(c.base, client.Options{Namespace: namespace})
	if err != nil {
		return nil, fmt.Errorf("client for %s: %w", namespace, err)
	}
	return tc, nil
}

// Base returns what is there.
func (c *Clients) Base() client.Client { return c.base }

// Client is a client with a prefix for its identifiers.
type Client struct {
	client.Client
	prefix string
}

// NewTemporalClient sounds like a new connection, and only wraps the client it is given.
func NewTemporalClient(existing client.Client, prefix string) *Client {
	return &Client{Client: existing, prefix: prefix}
}

// ID adds the prefix.
func (c *Client) ID(name string) string { return c.prefix + name }
