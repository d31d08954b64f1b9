// Command fix has names that nobody outside can use.
package main

import (
	"context"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Tasks interface { // want `interface Tasks lists activities`
	Load(ctx context.Context) error
}

type loader struct{} // want `loader implements Tasks and is not called tasksActivitiesImpl`

func (*loader) Load(ctx context.Context) error { return nil }

var _ Tasks = (*loader)(nil)

// Registered under a name of its own: renaming it changes nothing else.
func fetch(ctx workflow.Context) error { return nil } // want `the name of workflow fetch does not end in Workflow`

// Registered under its name, which others may use: no fix.
func plain(ctx workflow.Context) error { return nil } // want `the name of workflow plain does not end in Workflow`

func main() {
	var w worker.Worker
	var tasks Tasks = &loader{}
	_ = tasks
	w.RegisterActivity(&loader{})
	w.RegisterWorkflowWithOptions(fetch, workflow.RegisterOptions{Name: "fetch-feeds"})
	w.RegisterWorkflow(plain)
}
