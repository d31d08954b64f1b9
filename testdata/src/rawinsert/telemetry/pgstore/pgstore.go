// Package pgstore is a Repository over a Client, the third interface of the chain.
package pgstore

import (
	"context"
	"database/sql"

	"example.com/corpus/rawinsert/telemetry/orders"
)

// Client runs statements: a pool, or something around one.
type Client interface {
	InsertOrder(ctx context.Context, id string, total int64) error
	SelectOrder(ctx context.Context, id string) (int64, error)
}

// Repository implements orders.Repository.
type Repository struct {
	client Client
}

// New uses client.
func New(client Client) *Repository { return &Repository{client: client} }

// SaveOrder leaves the statement to the client.
func (r *Repository) SaveOrder(ctx context.Context, o orders.Order) error {
	return r.client.InsertOrder(ctx, o.ID, o.Total)
}

// OrderByID only reads.
func (r *Repository) OrderByID(ctx context.Context, id string) (orders.Order, error) {
	total, err := r.client.SelectOrder(ctx, id)
	return orders.Order{ID: id, Total: total}, err
}

// Queries is the Client that has the SQL.
type Queries struct {
	DB *sql.DB
}

// InsertOrder has no clause for an order that is there.
func (q Queries) InsertOrder(ctx context.Context, id string, total int64) error {
	_, err := q.DB.ExecContext(ctx, "INSERT INTO orders (id, total) VALUES ($1, $2)", id, total)
	return err
}

// SelectOrder reads.
func (q Queries) SelectOrder(ctx context.Context, id string) (total int64, err error) {
	err = q.DB.QueryRowContext(ctx, "SELECT total FROM orders WHERE id = $1", id).Scan(&total)
	return total, err
}
