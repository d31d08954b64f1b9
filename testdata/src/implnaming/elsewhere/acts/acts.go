// Package acts is registered by another package.
package acts

import (
	"context"

	"go.temporal.io/sdk/workflow"
)

type Tasks struct{}

func (*Tasks) Load(ctx context.Context) error { return nil }

func Import(ctx workflow.Context) error { return workflow.ExecuteActivity(ctx, "Load").Get(ctx, nil) }
