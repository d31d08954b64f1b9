// Package refused registers what the SDK refuses; what looks like it is at the end.
package refused

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func OrderWorkflow(ctx workflow.Context) error       { return nil }
func Charge(ctx context.Context) error               { return nil }
func NoResult(ctx context.Context)                   {}
func Three(ctx context.Context) (int, string, error) { return 0, "", nil }
func NoError(ctx context.Context) int                { return 0 }
func Channel(ctx context.Context) (chan int, error)  { return nil, nil }
func Bare() error                                    { return nil }
func Custom(ctx context.Context) (int, *customError) { return 0, nil }

type customError struct{}

func (*customError) Error() string { return "" }

// Mixed has a method that is no activity.
type Mixed struct{}

func (*Mixed) Charge(ctx context.Context) error { return nil }
func (*Mixed) Close()                           {}

// Good has activities only.
type Good struct{}

func (*Good) Pay(ctx context.Context) error                 { return nil }
func (*Good) Count(ctx context.Context, n int) (int, error) { return n, nil }
func (*Good) private()                                      {}

func Register(w worker.Worker, other worker.Worker) {
	w.RegisterActivity(OrderWorkflow) // want `OrderWorkflow takes workflow\.Context, as a workflow does: registering it as an activity panics`
	w.RegisterWorkflow(Charge)        // want `Charge does not take workflow\.Context first: registering it as a workflow panics`
	w.RegisterActivity(NoResult)      // want `NoResult does not return \(T, error\) or error: registering it panics`
	w.RegisterActivity(Three)         // want `Three does not return`
	w.RegisterActivity(NoError)       // want `NoError does not return`
	w.RegisterActivity(Channel)       // want `Channel does not return`
	w.RegisterActivity(&Mixed{})      // want `Mixed\.Close does not return`

	w.RegisterActivity(Bare)
	w.RegisterActivity(Custom)
	w.RegisterActivity(&Good{})
	w.RegisterWorkflow(OrderWorkflow)
	w.RegisterActivityWithOptions(&Mixed{}, activity.RegisterOptions{Name: "mixed", SkipInvalidStructFunctions: true})

	w.RegisterWorkflow(OrderWorkflow) // want `OrderWorkflow is registered on this worker already: the second registration panics`
	other.RegisterWorkflow(OrderWorkflow)
	w.RegisterActivityWithOptions(Bare, activity.RegisterOptions{Name: "bare2"})
	w.RegisterActivityWithOptions(Custom, activity.RegisterOptions{Name: "bare2"}) // want `bare2 is registered on this worker already`
	w.RegisterActivityWithOptions(Custom, activity.RegisterOptions{Name: "bare2", DisableAlreadyRegisteredCheck: true})
}

func Branches(w worker.Worker, fast bool) {
	if fast {
		w.RegisterActivityWithOptions(Bare, activity.RegisterOptions{Name: "act"})
	} else {
		w.RegisterActivityWithOptions(Custom, activity.RegisterOptions{Name: "act"})
	}
}

func Idle(c client.Client) error {
	w := worker.New(c, "q", worker.Options{}) // want `nothing is registered on this worker: it asks for tasks that it can only fail`
	defer w.Stop()
	return w.Start()
}

func Busy(c client.Client) error {
	w := worker.New(c, "q", worker.Options{})
	setUp(w)
	return w.Run(worker.InterruptCh())
}

func setUp(w worker.Registry) { w.RegisterWorkflow(OrderWorkflow) }

type entry struct{ run any }

func counted(ctx context.Context) (int, string) { return 0, "" }

// Tables are registered one entry after another.
func tables(w worker.Registry) {
	for _, e := range []entry{{counted}} {
		w.RegisterActivity(e.run) // want `counted does not return \(T, error\) or error: registering it panics`
	}
}
