// Package temporal is the engine that Temporal is.
package temporal

import (
	"context"
	"fmt"

	"example.com/corpus/engines/engine"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type provider struct{ client client.Client }

// New returns the provider.
func New(c client.Client) engine.Provider { return &provider{c} }

func (p *provider) ExecuteActivity(out any, ctx workflow.Context, options workflow.ActivityOptions, activity any, args ...any) error {
	ctx = workflow.WithActivityOptions(ctx, options)
	return workflow.ExecuteActivity(ctx, activity, args...).Get(ctx, out)
}

func (p *provider) ExecuteLocal(out any, ctx workflow.Context, options workflow.LocalActivityOptions, activity any, args ...any) error {
	return workflow.ExecuteLocalActivity(workflow.WithLocalActivityOptions(ctx, options), activity, args...).Get(ctx, out)
}

func (p *provider) WithOptions(ctx workflow.Context, options workflow.ActivityOptions) workflow.Context {
	return workflow.WithActivityOptions(ctx, options)
}

func (p *provider) Start(ctx context.Context, options client.StartWorkflowOptions, workflow any, args ...any) error {
	_, err := p.client.ExecuteWorkflow(ctx, options, workflow, args...)
	return err
}

func (p *provider) Describe(options workflow.ActivityOptions, activity any, args ...any) error {
	_, err := fmt.Println(options, activity, args)
	return err
}

// Workers makes workers.
type Workers struct {
	client client.Client
	shared worker.Worker
}

// NewWorker makes one.
func (w *Workers) NewWorker(queue string, options worker.Options) worker.Worker {
	return worker.New(w.client, queue, options)
}

// NewRegistry makes one.
func (w *Workers) NewRegistry(queue string) engine.Registry {
	return worker.New(w.client, queue, worker.Options{})
}

// Shared returns the one that it has.
func (w *Workers) Shared(string) worker.Worker { return w.shared }
