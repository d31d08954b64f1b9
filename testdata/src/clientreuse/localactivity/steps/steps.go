// Package steps makes a client in functions that are local activities elsewhere.
package steps

import (
	"context"

	"go.temporal.io/sdk/client"

	"example.com/corpus/clientreuse/localactivity/connect"
)

// Signal connects through another package.
func Signal(ctx context.Context, id string) error {
	c, err := connect.Open()
	if err != nil {
		return err
	}
	defer c.Close()
	return c.SignalWorkflow(ctx, id, "", "step", nil)
}

// SignalWith is given its client, which local activities may be.
func SignalWith(ctx context.Context, c client.Client, id string) error {
	return c.SignalWorkflow(ctx, id, "", "step", nil)
}
