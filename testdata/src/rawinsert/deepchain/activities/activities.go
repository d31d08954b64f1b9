// Package activities calls the first layer.
package activities

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/deepchain/layers"
)

type activities struct{ api layers.API }

// PutValue is eleven functions above the statement; the message begins with it, however much it leaves out.
func (a *activities) PutValue(ctx context.Context, v string) error {
	return a.api.Handle(ctx, v) // want `INSERT into vals without.*PutValue`
}

// Register makes the roles strong.
func Register(w worker.Worker, api layers.API) {
	w.RegisterActivity(&activities{api: api})
}
