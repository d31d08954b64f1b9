// Package engine is an abstraction over engines: what uses it knows none of them.
package engine

import (
	"context"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Provider runs activities and workflows.
type Provider interface {
	ExecuteActivity(out any, ctx workflow.Context, options workflow.ActivityOptions, activity any, args ...any) error
	ExecuteLocal(out any, ctx workflow.Context, options workflow.LocalActivityOptions, activity any, args ...any) error
	WithOptions(ctx workflow.Context, options workflow.ActivityOptions) workflow.Context
	Start(ctx context.Context, options client.StartWorkflowOptions, workflow any, args ...any) error
	// Describe looks like an execution, and is none.
	Describe(options workflow.ActivityOptions, activity any, args ...any) error
}

// Factory makes workers.
type Factory interface {
	NewWorker(queue string, options worker.Options) worker.Worker
	NewRegistry(queue string) Registry
	// Shared returns one that is there already.
	Shared(queue string) worker.Worker
}

// Registry is all that the program knows of a worker.
type Registry interface {
	RegisterWorkflow(w any)
	RegisterActivity(a any)
}
