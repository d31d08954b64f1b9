// Package checkout has the activity, six calls and three interfaces away from the statement.
package checkout

import (
	"context"

	"go.temporal.io/sdk/activity"

	"example.com/corpus/rawinsert/telemetry/orders"
)

// Placer is the service as this package sees it.
type Placer interface {
	Place(ctx context.Context, o orders.Order) error
}

// Steps are registered by the worker.
type Steps struct {
	placer Placer
}

// NewSteps uses placer.
func NewSteps(placer Placer) *Steps { return &Steps{placer: placer} }

// PlaceOrder is the activity.
func (s *Steps) PlaceOrder(ctx context.Context, o orders.Order) error {
	activity.GetLogger(ctx).Info("placing", "order", o.ID)
	return s.placer.Place(ctx, o)
}
