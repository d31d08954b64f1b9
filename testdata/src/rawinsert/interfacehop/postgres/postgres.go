// Package postgres implements the store.
package postgres

import (
	"context"
	"database/sql"
)

// People is a table.
type People struct {
	DB *sql.DB
}

// Add inserts a row.
func (p *People) Add(ctx context.Context, name string) error {
	return p.insertPerson(ctx, name)
}

func (p *People) insertPerson(ctx context.Context, name string) error {
	_, err := p.DB.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1)", name)
	return err
}

// AddOnce inserts a row that is not there yet.
func (p *People) AddOnce(ctx context.Context, name string) error {
	_, err := p.DB.ExecContext(ctx, "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	return err
}
