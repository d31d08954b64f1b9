// Package connectors looks connectors up by name; the type parameter of the getter makes the next call static.
package connectors

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Connector is any source or destination.
type Connector interface {
	Close(ctx context.Context) error
}

// PostgresConnector writes to PostgreSQL.
type PostgresConnector struct {
	pool *pgxpool.Pool
}

// Close closes.
func (c *PostgresConnector) Close(context.Context) error {
	c.pool.Close()
	return nil
}

// AddBatch inserts.
func (c *PostgresConnector) AddBatch(ctx context.Context, id int64) error {
	_, err := c.pool.Exec(ctx, "INSERT INTO batches (id) VALUES ($1)", id)
	return err
}

// FinishBatch updates.
func (c *PostgresConnector) FinishBatch(ctx context.Context, id int64) error {
	_, err := c.pool.Exec(ctx, "UPDATE batches SET finished = now() WHERE id = $1", id)
	return err
}

// GetByNameAs returns the named connector as a T.
func GetByNameAs[T Connector](ctx context.Context, name string) (t T, err error) {
	var c Connector
	switch name {
	case "postgres":
		pool, err := pgxpool.New(ctx, name)
		if err != nil {
			return t, err
		}
		c = &PostgresConnector{pool: pool}
	}
	t, ok := c.(T)
	if !ok {
		return t, fmt.Errorf("%s is no %T", name, t)
	}
	return t, nil
}
