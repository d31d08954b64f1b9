// Package orders is the service: it knows a Repository.
package orders

import "context"

// Order is what customers place.
type Order struct {
	ID    string
	Total int64
}

// Repository keeps orders.
type Repository interface {
	SaveOrder(ctx context.Context, o Order) error
	OrderByID(ctx context.Context, id string) (Order, error)
}

// Service is known to activities by its Placer interface.
type Service struct {
	repo Repository
}

// NewService uses repo.
func NewService(repo Repository) *Service { return &Service{repo: repo} }

// Place validates and saves.
func (s *Service) Place(ctx context.Context, o Order) error {
	if _, err := s.repo.OrderByID(ctx, o.ID); err != nil {
		return err
	}
	return s.repo.SaveOrder(ctx, o)
}
