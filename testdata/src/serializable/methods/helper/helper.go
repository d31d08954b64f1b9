// Package helper calls activities' methods as plain Go.
package helper

import (
	"context"

	"example.com/corpus/serializable/methods/acts"
)

type visitor interface {
	Visit(ctx context.Context, visit func(acts.Page) error) error
}

// All visits everything.
func All(ctx context.Context, a *acts.Activities) error {
	if err := a.Walk(ctx, func(acts.Page) error { return nil }); err != nil {
		return err
	}
	var v visitor = a
	return v.Visit(ctx, func(acts.Page) error { return nil })
}
