// Package messagebelow sends what a package that imports it reads.
package messagebelow

import (
	"context"

	"go.temporal.io/sdk/client"
)

// Send sends two signals.
func Send(ctx context.Context, c client.Client) error {
	if err := c.SignalWorkflow(ctx, "id", "", "below", "one"); err != nil {
		return err
	}
	return c.SignalWorkflow(ctx, "id", "", "below", "1") //mcwflint:ignore positionalargs -- a converter of ours reads text as numbers
}
