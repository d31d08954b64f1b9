// Package accounts defines what a book of accounts can do, for many consumers.
package accounts

import (
	"context"
	"database/sql"
)

// Charger charges an account.
type Charger interface {
	Charge(ctx context.Context, account string) error
}

// table has the statement.
type table struct {
	db *sql.DB
}

// Open returns the table as an interface: the binding is made here, where no activity is in sight.
func Open(db *sql.DB) Charger {
	return &table{db: db}
}

func (t *table) Charge(ctx context.Context, account string) error {
	_, err := t.db.ExecContext(ctx, "INSERT INTO charges (account) VALUES ($1)", account)
	return err
}
