// Package worker registers the workflows of package flows.
package worker

import (
	"example.com/corpus/activitylimit/helpers/flows"
	"example.com/corpus/activitylimit/helpers/steps"
	"go.temporal.io/sdk/worker"
)

func Register(w worker.Worker) {
	w.RegisterWorkflow(flows.ImportWorkflow)
	w.RegisterWorkflow(flows.AllWorkflow)
	w.RegisterWorkflow(flows.SomeWorkflow)
	w.RegisterWorkflow(flows.TimesWorkflow)
	w.RegisterWorkflow(flows.FewWorkflow)
	w.RegisterWorkflow(flows.UntilWorkflow)
	w.RegisterWorkflow(flows.WaitWorkflow)
	w.RegisterWorkflow(flows.DrainWorkflow)
	w.RegisterWorkflow(flows.Batch) // want `loop without a bound around workflow.ExecuteActivity at steps.go:14: .* \(Batch at flows.go:\d+\)`
	w.RegisterActivity(steps.Load)
}
