// Package fees registers itself with an interface, and has a default that others set.
package fees

import (
	"context"

	"go.temporal.io/sdk/worker"
)

// Book stores a fee.
type Book interface {
	Charge(ctx context.Context, account string) error
}

// Activities charge fees.
type Activities struct {
	Book Book
}

// ChargeMonthly is an activity.
func (a *Activities) ChargeMonthly(ctx context.Context, account string) error {
	return a.Book.Charge(ctx, account)
}

// Register registers the activities.
func Register(r worker.Registry, a *Activities) {
	r.RegisterActivity(a)
}
