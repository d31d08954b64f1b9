// Package activities registers itself, with an interface for its store.
package activities

import (
	"context"

	"go.temporal.io/sdk/worker"
)

// Ledger is where bookings go.
type Ledger interface {
	Book(ctx context.Context, account string, cents int64) error
}

type booking struct {
	ledger Ledger
}

// BookFee is registered below, so its role is known here and its chain is still open.
func (b *booking) BookFee(ctx context.Context, account string) error {
	return b.ledger.Book(ctx, account, 250)
}

// Register is called with whatever ledger the program has.
func Register(r worker.Registry, ledger Ledger) {
	r.RegisterActivity(&booking{ledger: ledger})
}
