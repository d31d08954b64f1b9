// Package worker runs the activities on an outbox without a database. Silent.
package worker

import (
	"context"
	"log/slog"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/mocks/notify"
)

type logOutbox struct{}

func (logOutbox) Push(ctx context.Context, message string) error {
	slog.InfoContext(ctx, "outbox", "message", message)
	return nil
}

// Register registers.
func Register(w worker.Worker) {
	notify.Register(w, logOutbox{})
}
