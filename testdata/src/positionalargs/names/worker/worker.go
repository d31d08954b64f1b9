// Package worker registers: here the names of flows meet the functions of acts.
package worker

import (
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/positionalargs/names/acts"
	"example.com/corpus/positionalargs/names/flows"
)

func Register(w worker.Worker) {
	w.RegisterActivityWithOptions(acts.NewCharge().Execute, activity.RegisterOptions{Name: flows.Charge}) // want `charge-order takes 2 arguments after its context and is called with 1: what is missing arrives as a zero value: .* \(at flows.go:29\)`
	w.RegisterActivityWithOptions(acts.NewRefund().Execute, activity.RegisterOptions{Name: flows.Refund}) // want `argument 1 of refund-order is called with a type that JSON cannot carry into the parameter: .* \(at flows.go:30\)`
	register(w, "prefix-Twice", acts.Twice)                                                               // want `prefix-Twice takes 1 argument after its context and is called with 2: .* \(at flows.go:32\)`
	w.RegisterWorkflow(flows.Flow)
}

// Queues has two functions of one name: which is meant depends on the task queue.
func Queues(one, two worker.Worker) {
	one.RegisterActivityWithOptions(acts.Twice, activity.RegisterOptions{Name: "same"})
	two.RegisterActivityWithOptions(acts.Other, activity.RegisterOptions{Name: "same"})
}

func register(w worker.Worker, name string, fn any) {
	w.RegisterActivityWithOptions(fn, activity.RegisterOptions{Name: name})
}

func Run(ctx workflow.Context) error {
	return workflow.ExecuteActivity(ctx, flows.Charge, flows.Order{}).Get(ctx, nil) // want `Execute takes 2 arguments after its context and gets 1`
}
