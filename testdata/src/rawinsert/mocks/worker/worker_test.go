package worker_test

import (
	"context"
	"database/sql"
	"testing"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/mocks/notify"
)

// tableOutbox is a fake of this test only: conversions in test files bind nothing.
type tableOutbox struct{ db *sql.DB }

func (o tableOutbox) Push(ctx context.Context, message string) error {
	_, err := o.db.ExecContext(ctx, "INSERT INTO outbox (message) VALUES ($1)", message)
	return err
}

func TestRegister(t *testing.T) {
	var w worker.Registry
	if w == nil {
		t.Skip("needs a server")
	}
	notify.Register(w, tableOutbox{})
}
