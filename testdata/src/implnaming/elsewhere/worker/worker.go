// Package worker registers what packages acts and gen have.
package worker

import (
	"example.com/corpus/implnaming/elsewhere/acts"
	"example.com/corpus/implnaming/elsewhere/gen"
	"go.temporal.io/sdk/worker"
)

func Register(w worker.Worker) {
	w.RegisterActivity(&acts.Tasks{}) // want `Tasks is registered and has no interface that lists its activities: .*; declare TasksActivities \(at acts.go:10\)$`
	w.RegisterActivity(&gen.Orders{})
	w.RegisterActivity(&gen.Stock{})
	w.RegisterWorkflow(gen.Flow)
	w.RegisterActivity(&acts.Jobs{})
	w.RegisterWorkflow(acts.Export)
	w.RegisterWorkflow(acts.Import) // want `the name of workflow Import does not end in Workflow: .* \(at acts.go:24\)$`
}
