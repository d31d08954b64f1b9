// Package group runs functions side by side.
package group

import (
	"context"
	"errors"
	"sync"
)

// Group collects functions, then runs them.
type Group struct {
	actors []func(context.Context) error
}

// Add keeps a function for later.
func (g *Group) Add(actor func(context.Context) error) {
	g.actors = append(g.actors, actor)
}

// Run calls all of them.
func (g *Group) Run(ctx context.Context) error {
	var wg sync.WaitGroup
	errs := make([]error, len(g.actors))
	for i, actor := range g.actors {
		wg.Go(func() { errs[i] = actor(ctx) })
	}
	wg.Wait()
	return errors.Join(errs...)
}
