// Package temporalconn wraps Dial.
package temporalconn

import (
	"fmt"

	"go.temporal.io/sdk/client"
)

// Connect is a new connection at each call.
func Connect(namespace string) (client.Client, error) {
	c, err := client.Dial(client.Options{Namespace: namespace})
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	return c, nil
}

// ConnectLater is a new connection at each call, too; it is opened by its first use.
func ConnectLater(namespace string) (client.Client, error) {
	return client.NewLazyClient(client.Options{Namespace: namespace})
}
