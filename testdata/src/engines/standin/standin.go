// Package standin is an engine that does nothing.
package standin

import (
	"context"

	"example.com/corpus/engines/engine"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type provider struct{}

// New returns the provider.
func New() engine.Provider { return provider{} }

func (provider) ExecuteActivity(any, workflow.Context, workflow.ActivityOptions, any, ...any) error {
	return nil
}

func (provider) ExecuteLocal(any, workflow.Context, workflow.LocalActivityOptions, any, ...any) error {
	return nil
}

func (provider) WithOptions(ctx workflow.Context, _ workflow.ActivityOptions) workflow.Context {
	return ctx
}

func (provider) Start(context.Context, client.StartWorkflowOptions, any, ...any) error { return nil }

func (provider) Describe(workflow.ActivityOptions, any, ...any) error { return nil }

// Workers makes none.
type Workers struct{}

// NewWorker makes none.
func (Workers) NewWorker(string, worker.Options) worker.Worker { return nil }

// NewRegistry makes none.
func (Workers) NewRegistry(string) engine.Registry { return nil }

// Shared has none.
func (Workers) Shared(string) worker.Worker { return nil }
