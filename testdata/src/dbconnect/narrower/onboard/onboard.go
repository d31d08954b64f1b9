// Package onboard needs one method of the manager.
package onboard

import "context"

// Opener opens.
type Opener interface {
	Open(ctx context.Context, tenant string) error
}

// Closer closes.
type Closer interface {
	Close(ctx context.Context, tenant string) error
}

// Onboarding is registered by its worker.
type Onboarding struct{ Opener Opener }

// OnboardTenant is an activity.
func (o *Onboarding) OnboardTenant(ctx context.Context, tenant string) error {
	return o.Opener.Open(ctx, tenant)
}

// Offboarding is registered by its worker.
type Offboarding struct{ Closer Closer }

// OffboardTenant is an activity.
func (o *Offboarding) OffboardTenant(ctx context.Context, tenant string) error {
	return o.Closer.Close(ctx, tenant)
}
