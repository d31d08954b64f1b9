// Package flow uses the getter.
package flow

import (
	"context"

	"go.temporal.io/sdk/worker"

	"example.com/corpus/rawinsert/genericgetter/connectors"
)

type flow struct{}

// StartBatch calls a method of what the type argument says.
func (flow) StartBatch(ctx context.Context, peer string, id int64) error {
	c, err := connectors.GetByNameAs[*connectors.PostgresConnector](ctx, peer)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	return c.AddBatch(ctx, id) // want `INSERT into batches without.*StartBatch.*AddBatch`
}

// EndBatch calls the harmless method.
func (flow) EndBatch(ctx context.Context, peer string, id int64) error {
	c, err := connectors.GetByNameAs[*connectors.PostgresConnector](ctx, peer)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	return c.FinishBatch(ctx, id)
}

// Register makes the roles strong.
func Register(w worker.Worker) {
	w.RegisterActivity(flow{})
}
