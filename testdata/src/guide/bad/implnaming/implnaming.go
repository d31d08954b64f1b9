// Package implnaming has names that say nothing.
package implnaming

import (
	"context"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Kardashians struct{}

func (*Kardashians) AddNewKardashian(ctx context.Context) error { return nil }

func KeepUpWithKardashians(ctx workflow.Context) error { return nil }

func RegisterWorkflows(w worker.Registry) { w.RegisterWorkflow(KeepUpWithKardashians) }

func RegisterActivities(w worker.Registry) { w.RegisterActivity(&Kardashians{}) }
