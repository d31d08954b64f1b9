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

// Two interfaces that differ in what says nothing: they cannot have one name.
type order interface { // want `interface order lists activities`
	Charge(ctx context.Context) error
}

type orderInterface interface { // want `interface orderInterface lists activities`
	Refund(ctx context.Context) error
}

type charger struct{} // want `charger implements order and is not called orderActivitiesImpl`

func (charger) Charge(ctx context.Context) error { return nil }

type refunder struct{} // want `refunder implements orderInterface and is not called orderInterfaceActivitiesImpl`

func (refunder) Refund(ctx context.Context) error { return nil }

type MoveActivities interface {
	Move(ctx context.Context) error
}

// A file that only Windows builds has the name as well: no fix.
type mover struct{} // want `mover implements MoveActivities and is not called moveActivitiesImpl`

func (mover) Move(ctx context.Context) error { return nil }

func main() {
	var w worker.Worker
	var tasks Tasks = &loader{}
	_ = tasks
	w.RegisterActivity(&loader{})
	w.RegisterWorkflowWithOptions(fetch, workflow.RegisterOptions{Name: "fetch-feeds"})
	w.RegisterWorkflow(plain)
	w.RegisterActivity(charger{})
	w.RegisterActivity(refunder{})
	w.RegisterActivity(mover{})
}
