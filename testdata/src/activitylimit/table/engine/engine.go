// Package engine registers what it is given.
package engine

import (
	"example.com/corpus/activitylimit/table/defs"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Register(w worker.Worker) {
	for _, d := range defs.New() {
		w.RegisterWorkflowWithOptions(d.Func, workflow.RegisterOptions{Name: d.Name})
	}
}
