// Package dec has a store's interface, and a decorator that makes it idempotent.
package dec

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

type Store interface {
	Save(ctx context.Context, id string) error
}

// Once accepts that the row is there.
type Once struct{ Next Store }

func (o Once) Save(ctx context.Context, id string) error {
	err := o.Next.Save(ctx, id)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return nil
	}
	return err
}

// Counted does not.
type Counted struct {
	Next Store
	n    int
}

func (c *Counted) Save(ctx context.Context, id string) error {
	c.n++
	return c.Next.Save(ctx, id)
}
