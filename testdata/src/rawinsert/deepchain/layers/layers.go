// Package layers is ten calls deep: longer than any chain that a message shows.
package layers

import (
	"context"
	"database/sql"
)

// API is the first layer.
type API struct{ DB *sql.DB }

// Handle begins.
func (a API) Handle(ctx context.Context, v string) error { return a.validate(ctx, v) }

func (a API) validate(ctx context.Context, v string) error  { return a.authorize(ctx, v) }
func (a API) authorize(ctx context.Context, v string) error { return a.normalize(ctx, v) }
func (a API) normalize(ctx context.Context, v string) error { return a.enrich(ctx, v) }
func (a API) enrich(ctx context.Context, v string) error    { return a.route(ctx, v) }
func (a API) route(ctx context.Context, v string) error     { return a.persist(ctx, v) }
func (a API) persist(ctx context.Context, v string) error   { return a.retryless(ctx, v) }
func (a API) retryless(ctx context.Context, v string) error { return a.write(ctx, v) }
func (a API) write(ctx context.Context, v string) error     { return a.insertValue(ctx, v) }

func (a API) insertValue(ctx context.Context, v string) error {
	_, err := a.DB.ExecContext(ctx, "INSERT INTO vals (v) VALUES ($1)", v)
	return err
}
