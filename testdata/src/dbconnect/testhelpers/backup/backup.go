// Package backup stores in a Target.
package backup

import "context"

// Target stores.
type Target interface {
	Store(ctx context.Context, name string) error
}

// Backup is registered by tests, and by a worker that has a better target.
type Backup struct{ target Target }

// New uses target.
func New(target Target) *Backup { return &Backup{target: target} }

// Run is the activity.
func (b *Backup) Run(ctx context.Context, name string) error {
	return b.target.Store(ctx, name)
}
