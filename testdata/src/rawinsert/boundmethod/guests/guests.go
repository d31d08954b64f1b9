// Package guests has the method that is bound.
package guests

import (
	"context"
	"database/sql"
)

// List is a table.
type List struct {
	DB *sql.DB
}

// Invite inserts.
func (l *List) Invite(ctx context.Context, name string) error {
	_, err := l.DB.ExecContext(ctx, "INSERT INTO guests (name) VALUES ($1)", name)
	return err
}

// InviteOnce does not repeat itself.
func (l *List) InviteOnce(ctx context.Context, name string) error {
	_, err := l.DB.ExecContext(ctx, "INSERT INTO guests (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	return err
}
