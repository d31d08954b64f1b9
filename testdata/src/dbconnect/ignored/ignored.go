// Package ignored has an exit that is meant.
package ignored

import (
	"context"
	"os"

	"go.temporal.io/sdk/worker"
)

type activities struct{}

// Drain ends a worker that serves one task queue of its own.
func (activities) Drain(context.Context) error {
	os.Exit(0) //mcwflint:ignore dbconnect -- the operator asked this one worker to end
	return nil
}

// Kill has no reason.
func (activities) Kill(context.Context) error {
	os.Exit(1) // want `os.Exit`
	return nil
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(activities{})
}
