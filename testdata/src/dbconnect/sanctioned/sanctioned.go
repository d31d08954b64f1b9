// Package sanctioned connects by runtime/postgres itself.
package sanctioned

import (
	"context"

	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/runtime/postgres"
)

// Activities uses the process's pool.
type Activities struct{}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(&Activities{})
}

// Impatient tries as a daemon does, and ends the worker.
func (*Activities) Impatient(ctx context.Context) error {
	pool, err := postgres.ConnectToDB(ctx) // want `ConnectToDB .*Activities.Impatient`
	if err != nil {
		return err
	}
	return pool.Ping(ctx)
}

// Patient tries once.
func (*Activities) Patient(ctx context.Context) error {
	pool, err := postgres.ConnectToDBOrRaise(ctx)
	if err != nil {
		return err
	}
	return pool.Ping(ctx)
}
