// Package traced wraps a Repository in spans and implements the interface that it wraps.
package traced

import (
	"context"
	"log/slog"
	"time"

	"example.com/corpus/rawinsert/telemetry/orders"
)

// Repository measures another Repository.
type Repository struct {
	next orders.Repository
	log  *slog.Logger
}

// Wrap returns an interface: what is in it shows in this function only.
func Wrap(next orders.Repository, log *slog.Logger) orders.Repository {
	return &Repository{next: next, log: log}
}

// SaveOrder calls itself by interface, which must not be taken for an endless chain.
func (r *Repository) SaveOrder(ctx context.Context, o orders.Order) error {
	defer r.measure("SaveOrder", time.Now())
	return r.next.SaveOrder(ctx, o)
}

// OrderByID likewise.
func (r *Repository) OrderByID(ctx context.Context, id string) (orders.Order, error) {
	defer r.measure("OrderByID", time.Now())
	return r.next.OrderByID(ctx, id)
}

func (r *Repository) measure(op string, start time.Time) {
	r.log.Info("repository", "op", op, "took", time.Since(start))
}
