// Package people has activities that know their store as an interface only.
package people

import "context"

// Store is what the activities need.
type Store interface {
	Add(ctx context.Context, name string) error
	AddOnce(ctx context.Context, name string) error
}

// Keeper has nothing in its name that says activity: only the registration does.
type Keeper struct {
	store Store
}

// NewKeeper uses store.
func NewKeeper(store Store) *Keeper { return &Keeper{store: store} }

// AddPerson goes through the interface.
func (k *Keeper) AddPerson(ctx context.Context, name string) error {
	return k.store.Add(ctx, name)
}

// AddPersonOnce goes through the interface to the safe method.
func (k *Keeper) AddPersonOnce(ctx context.Context, name string) error {
	return k.store.AddOnce(ctx, name)
}
