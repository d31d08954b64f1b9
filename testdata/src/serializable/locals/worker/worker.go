// Package worker registers what is run elsewhere, local activities too.
package worker

import (
	"go.temporal.io/sdk/worker"

	"example.com/corpus/serializable/locals/acts"
	"example.com/corpus/serializable/locals/flows"
)

func Register(w worker.Worker) {
	w.RegisterActivity(acts.Count)
	w.RegisterActivity(acts.Ship) // want `parameter done of Ship: chan bool is a channel`
	w.RegisterWorkflow(flows.Flow)
	flows.Register(w)
}
