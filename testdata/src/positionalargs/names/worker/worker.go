// Package worker registers: here the names of flows meet the functions of acts.
package worker

import (
	"context"

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

// Closures have no name but the option's.
func Closures(w worker.Worker) {
	w.RegisterActivityWithOptions(func(ctx context.Context, n int) error { return nil }, activity.RegisterOptions{Name: "closed"}) // want `closed takes 1 argument after its context and is called with 2: .* \(at flows.go:35\)`
	w.RegisterActivityWithOptions(acts.Notify, activity.RegisterOptions{Name: "notify"})                                           // want `Notify is variadic: the SDK cannot call it`
}

// Queues has two functions of one name: which is meant depends on the task queue.
func Queues(one, two worker.Worker) {
	one.RegisterActivityWithOptions(acts.Twice, activity.RegisterOptions{Name: "same"})
	two.RegisterActivityWithOptions(acts.Other, activity.RegisterOptions{Name: "same"})
	one.RegisterActivityWithOptions(acts.Other, activity.RegisterOptions{Name: "mixed"})
	two.RegisterActivityWithOptions(func(ctx context.Context, n int) error { return nil }, activity.RegisterOptions{Name: "mixed"})
}

// Late is a variable that is never anything else; Changing is.
var (
	Late     = "late-order"
	Changing = "first-order"
)

func init() { Changing = "second-order" }

func Delayed(ctx context.Context, n int) error { return nil }

func Variables(w worker.Worker) {
	w.RegisterActivityWithOptions(Delayed, activity.RegisterOptions{Name: Late})
	w.RegisterActivityWithOptions(Delayed, activity.RegisterOptions{Name: Changing})
}

func register(w worker.Worker, name string, fn any) {
	w.RegisterActivityWithOptions(fn, activity.RegisterOptions{Name: name})
}

func Run(ctx workflow.Context) error {
	workflow.ExecuteActivity(ctx, "mixed", 1)
	workflow.ExecuteActivity(ctx, "closed", "one")                                  // want `argument 1 of closed: JSON cannot carry string into the parameter`
	return workflow.ExecuteActivity(ctx, flows.Charge, flows.Order{}).Get(ctx, nil) // want `Execute takes 2 arguments after its context and gets 1`
}
