// Package tenants opens tenants' databases; its interface is wide.
package tenants

import (
	"context"
	"log"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Manager manages tenants.
type Manager interface {
	Open(ctx context.Context, tenant string) error
	Close(ctx context.Context, tenant string) error
}

type manager struct{ pools map[string]*pgxpool.Pool }

// NewManager returns the wide interface.
func NewManager() Manager {
	return &manager{pools: make(map[string]*pgxpool.Pool)}
}

func (m *manager) Open(ctx context.Context, tenant string) error {
	pool, err := pgxpool.New(ctx, "postgres://"+tenant)
	if err != nil {
		log.Fatalf("tenant %s: %v", tenant, err)
	}
	m.pools[tenant] = pool
	return nil
}

func (m *manager) Close(_ context.Context, tenant string) error {
	m.pools[tenant].Close()
	delete(m.pools, tenant)
	return nil
}
