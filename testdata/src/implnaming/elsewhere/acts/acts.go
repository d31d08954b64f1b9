// Package acts is registered by another package.
package acts

import (
	"context"

	"go.temporal.io/sdk/workflow"
)

type Tasks struct{}

func (*Tasks) Load(ctx context.Context) error { return nil }

// Jobs has a reason for its name, which stands here, although package worker registers it.
type Jobs struct{} //mcwflint:ignore implnaming -- older than the guide

func (*Jobs) Unload(ctx context.Context) error { return nil }

// Export has one, too.
//
//mcwflint:ignore implnaming -- older than the guide
func Export(ctx workflow.Context) error { return nil }

func Import(ctx workflow.Context) error { return workflow.ExecuteActivity(ctx, "Load").Get(ctx, nil) }
