// Package workeroptions has options with which the SDK panics, and such as look like them.
package workeroptions

import (
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

const one = 1

func workers(c client.Client, n int) []worker.Worker {
	opts := worker.Options{
		MaxConcurrentWorkflowTaskPollers: 1, // want `MaxConcurrentWorkflowTaskPollers of 1: worker\.New panics`
	}
	size := &worker.Options{MaxConcurrentWorkflowTaskExecutionSize: one} // want `MaxConcurrentWorkflowTaskExecutionSize of 1`
	var later worker.Options
	later.MaxConcurrentWorkflowTaskPollers = 1 // want `MaxConcurrentWorkflowTaskPollers of 1`
	session := worker.Options{
		EnableSessionWorker:     true,
		UseBuildIDForVersioning: true, // want `EnableSessionWorker and UseBuildIDForVersioning do not go together: worker\.New panics`
	}
	polled := worker.Options{
		ActivityTaskPollerBehavior:       worker.NewPollerBehaviorSimpleMaximum(worker.PollerBehaviorSimpleMaximumOptions{}),
		MaxConcurrentActivityTaskPollers: 3, // want `ActivityTaskPollerBehavior and MaxConcurrentActivityTaskPollers do not go together`
	}
	versioned := worker.Options{DeploymentOptions: worker.DeploymentOptions{
		DefaultVersioningBehavior: workflow.VersioningBehaviorPinned, // want `DefaultVersioningBehavior without UseVersioning: worker\.New panics`
	}}
	return []worker.Worker{
		worker.New(c, "q", opts), worker.New(c, "q", *size), worker.New(c, "q", later), worker.New(c, "q", session), worker.New(c, "q", polled), worker.New(c, "q", versioned),
		worker.New(c, "q", worker.Options{MaxConcurrentWorkflowTaskPollers: 2, MaxConcurrentActivityTaskPollers: 1, MaxConcurrentActivityExecutionSize: 1}),
		worker.New(c, "q", worker.Options{MaxConcurrentWorkflowTaskPollers: n, EnableSessionWorker: true}),
		worker.New(c, "q", worker.Options{EnableSessionWorker: false, UseBuildIDForVersioning: true}),
		worker.New(c, "q", worker.Options{DeploymentOptions: worker.DeploymentOptions{UseVersioning: true, DefaultVersioningBehavior: workflow.VersioningBehaviorPinned}}),
	}
}

// own has fields of the same name.
type own struct{ MaxConcurrentWorkflowTaskPollers int }

var _ = own{MaxConcurrentWorkflowTaskPollers: 1}
