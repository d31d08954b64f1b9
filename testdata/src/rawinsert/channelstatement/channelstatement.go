// Package channelstatement sends statements through a channel to a goroutine that runs them.
package channelstatement

import (
	"context"
	"database/sql"

	"go.temporal.io/sdk/worker"
)

type statement struct {
	text string
	args []any
}

// Normalizer writes in the background.
type Normalizer struct {
	db *sql.DB
}

// Normalize produces INSERTs on one side and runs them on the other: both sides are in the activity.
func (n *Normalizer) Normalize(ctx context.Context, names []string) error {
	statements := make(chan statement)
	done := make(chan error, 1)
	go func() { done <- n.drain(ctx, statements) }()
	for _, name := range names {
		statements <- statement{
			text: "INSERT INTO normalized (name) VALUES ($1)", // want `INSERT into normalized without.*Normalize`
			args: []any{name},
		}
	}
	close(statements)
	return <-done
}

// NormalizeOnce sends text that may run twice.
func (n *Normalizer) NormalizeOnce(ctx context.Context, name string) error {
	statements := make(chan statement, 1)
	statements <- statement{text: "INSERT INTO normalized (name) VALUES ($1) ON CONFLICT DO NOTHING", args: []any{name}}
	close(statements)
	return n.drain(ctx, statements)
}

func (n *Normalizer) drain(ctx context.Context, statements <-chan statement) (err error) {
	for s := range statements {
		if err == nil {
			_, err = n.db.ExecContext(ctx, s.text, s.args...)
		}
	}
	return err
}

// Register makes the roles strong.
func Register(w worker.Worker, n *Normalizer) {
	w.RegisterActivity(n)
}
