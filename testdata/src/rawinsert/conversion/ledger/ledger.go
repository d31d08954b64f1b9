// Package ledger books in PostgreSQL.
package ledger

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Postgres is a ledger.
type Postgres struct {
	Pool *pgxpool.Pool
}

// Book inserts a booking: twice is money twice.
func (p *Postgres) Book(ctx context.Context, account string, cents int64) error {
	_, err := p.Pool.Exec(ctx, "INSERT INTO bookings (account, cents) VALUES ($1, $2)", account, cents)
	return err
}

// Memory is a ledger for demonstrations.
type Memory map[string]int64

// Book adds up.
func (m Memory) Book(_ context.Context, account string, cents int64) error {
	m[account] += cents
	return nil
}
