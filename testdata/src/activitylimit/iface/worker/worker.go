// Package worker puts both together.
package worker

import (
	"example.com/corpus/activitylimit/iface/flows"
	"example.com/corpus/activitylimit/iface/steps"
	"go.temporal.io/sdk/worker"
)

func Register(w worker.Worker) {
	f := &flows.Flow{Step: steps.Loads{}}
	w.RegisterWorkflow(f.Run) // want `loop without a bound around workflow.ExecuteActivity at steps.go:10: .* \(Flow.Run -> steps.Loads.Run at steps.go:9\)`
	r := &flows.Restarts{Ender: steps.Restart{}}
	w.RegisterWorkflow(r.Run)
}
