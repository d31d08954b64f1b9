// Package catalog passes an interface's method as an expression to a generic function.
package catalog

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/worker"
)

// Products keeps products.
type Products interface {
	CreateProduct(ctx context.Context, name string) error
	DeleteProduct(ctx context.Context, name string) error
}

// forEach calls fn with every item.
func forEach[R, T any](ctx context.Context, recv R, items []T, fn func(R, context.Context, T) error) error {
	for _, item := range items {
		if err := fn(recv, ctx, item); err != nil {
			return fmt.Errorf("%v: %w", item, err)
		}
	}
	return nil
}

type sync struct {
	products Products
}

// CreateAll never calls CreateProduct in so many words: the reference is the edge.
func (s *sync) CreateAll(ctx context.Context, names []string) error {
	return forEach(ctx, s.products, names, Products.CreateProduct)
}

// DeleteAll does the same with the harmless method.
func (s *sync) DeleteAll(ctx context.Context, names []string) error {
	return forEach(ctx, s.products, names, Products.DeleteProduct)
}

// Register registers both.
func Register(r worker.Registry, products Products) {
	r.RegisterActivity(&sync{products: products})
}
