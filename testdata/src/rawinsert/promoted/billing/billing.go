// Package billing registers a struct with a promoted method.
package billing

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/promoted/base"
)

// Billing embeds the writer.
type Billing struct {
	base.Writer
}

// Charge is harmless.
func (b *Billing) Charge(ctx context.Context, account string) error {
	_, err := b.DB.ExecContext(ctx, "UPDATE accounts SET charged = true WHERE name = $1", account)
	return err
}

// Register registers Charge and, by promotion, Record.
func Register(w worker.Worker, b *Billing) {
	w.RegisterActivity(b) // want `INSERT into records without.*Record`
}
