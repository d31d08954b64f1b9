// Package workflows names its activities on pointers that are nil and never followed.
package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"example.com/corpus/rawinsert/nilpointer/flows"
)

var flowable *flows.Flowable

type syncer struct {
	watcher *flows.Watcher
}

// SyncWorkflow executes methods of nil pointers: that makes them activities.
func (s *syncer) SyncWorkflow(ctx workflow.Context, flow string) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Hour})
	if err := workflow.ExecuteActivity(ctx, flowable.DropFlow, flow).Get(ctx, nil); err != nil {
		return err
	}
	if err := workflow.ExecuteActivity(ctx, flowable.SyncFlow, flow).Get(ctx, nil); err != nil { // want `INSERT into runs without.*SyncFlow.*AddRun`
		return err
	}
	return workflow.ExecuteActivity(ctx, s.watcher.Watch, flow).Get(ctx, nil) // want `INSERT into sightings without.*Watch.*AddSighting`
}

// New returns the workflow.
func New() any { return (&syncer{}).SyncWorkflow }
