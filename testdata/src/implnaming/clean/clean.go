// Package clean has good names, and names that are nobody's business.
package clean

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type OrderActivities interface {
	Charge(ctx context.Context, id string) error
}

type OrderActivitiesImpl struct{}

func (*OrderActivitiesImpl) Charge(ctx context.Context, id string) error { return nil }

func (*OrderActivitiesImpl) helper() {}

type OrderWorkflow interface {
	Run(ctx workflow.Context, id string) error
}

type orderWorkflowImpl struct{}

func (orderWorkflowImpl) Run(ctx workflow.Context, id string) error { return nil }

func ShipWorkflow(ctx workflow.Context) error { return nil }

// flow is registered method by method.
type flow struct{}

func (flow) run(ctx workflow.Context) error { return nil }

type acts struct{}

func (acts) One(ctx context.Context) error { return nil }

// Step takes a workflow's context and is no workflow: nothing registers one.
type Step interface {
	Do(ctx workflow.Context) error
}

type first struct{}

func (first) Do(ctx workflow.Context) error { return nil }

var steps = []Step{first{}}

func helper(ctx workflow.Context) error { return steps[0].Do(ctx) }

// ActivityProvider is an interface of something else.
type ActivityProvider interface {
	Provide() string
}

// MockOrders is for tests.
type MockOrders struct{}

func (*MockOrders) Charge(ctx context.Context, id string) error { return nil }

// A repository for any kind of row.
type RepoActivities[T any] interface {
	Save(ctx context.Context, v T) error
}

type RepoActivitiesImpl[T any] struct{}

func (*RepoActivitiesImpl[T]) Save(ctx context.Context, v T) error { return nil }

// Close is no activity, and skipped.
type PayActivities interface {
	Pay(ctx context.Context, id string) error
}

type PayActivitiesImpl struct{}

func (*PayActivitiesImpl) Pay(ctx context.Context, id string) error { return nil }
func (*PayActivitiesImpl) Close()                                   {}

// One struct for what two interfaces list.
type ReadActivities interface {
	Read(ctx context.Context) (string, error)
}

type WriteActivities interface {
	Write(ctx context.Context, s string) error
}

type store struct{}

func (store) Read(ctx context.Context) (string, error)  { return "", nil }
func (store) Write(ctx context.Context, s string) error { return nil }

// Component is what a program is made of: what of it is an activity, each knows itself.
type Component interface {
	Name() string
}

func All(w worker.Registry, all []Component) {
	for _, c := range all {
		w.RegisterActivityWithOptions(c, activity.RegisterOptions{SkipInvalidStructFunctions: true})
	}
}

func Activity(ctx context.Context) error { return nil }

// A name of its own, and still a plain function: the name ends as it must.
func PayWorkflow(ctx workflow.Context) error { return helper(ctx) }

func Register(w worker.Worker) {
	w.RegisterActivity(&OrderActivitiesImpl{})
	w.RegisterActivity(&MockOrders{})
	w.RegisterActivity(&RepoActivitiesImpl[string]{})
	w.RegisterActivityWithOptions(&PayActivitiesImpl{}, activity.RegisterOptions{SkipInvalidStructFunctions: true})
	w.RegisterActivity(store{})
	w.RegisterWorkflow(orderWorkflowImpl{}.Run)
	w.RegisterWorkflow(ShipWorkflow)
	w.RegisterWorkflow(flow{}.run)
	w.RegisterActivity(acts{}.One)
	w.RegisterActivityWithOptions(Activity, activity.RegisterOptions{Name: "x"})
	w.RegisterWorkflowWithOptions(PayWorkflow, workflow.RegisterOptions{Name: "pay"})
	w.RegisterWorkflowWithOptions(func(ctx workflow.Context) error { return nil }, workflow.RegisterOptions{Name: "closure"})
}
