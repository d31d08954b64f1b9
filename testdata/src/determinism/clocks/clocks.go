// Package clocks has interfaces that mean one thing in a workflow and another in an activity.
package clocks

import (
	"context"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Clock interface{ Now() time.Time }

// System is for activities.
type System struct{}

func (System) Now() time.Time { return time.Now() }

// Of is for workflows.
type Of struct{ ctx workflow.Context }

func (o Of) Now() time.Time { return workflow.Now(o.ctx) }

type Activities struct{ clock Clock }

func (a *Activities) Load(ctx context.Context) (time.Time, error) {
	return Deadline(a.clock), nil
}

func (a *Activities) Due(ctx context.Context) (time.Time, error) {
	return (&Run{Clock: a.clock}).due().Add(hourly(System{})), nil
}

func (a *Activities) Poll(ctx context.Context) (time.Time, error) {
	return engine{now: time.Now}.next(), nil
}

// Deadline has callers of both kinds: each gives it the clock that suits.
func Deadline(c Clock) time.Time { return c.Now().Add(time.Hour) }

func hourly(c Clock) time.Duration { return c.Now().Sub(c.Now().Truncate(time.Hour)) }

type Run struct{ Clock Clock }

func (r *Run) due() time.Time { return r.Clock.Now().Add(time.Minute) }

type engine struct{ now func() time.Time }

func (e engine) next() time.Time { return e.now() }

func BothWorkflow(ctx workflow.Context) error {
	r := &Run{Clock: Of{ctx}}
	e := engine{now: func() time.Time { return workflow.Now(ctx) }}
	return workflow.Sleep(ctx, Deadline(Of{ctx}).Sub(r.due())+e.next().Sub(workflow.Now(ctx))+hourly(Of{ctx}))
}

// Dates are of the process wherever they are used: nothing else is bound.
type Dates interface{ Today() time.Time }

type local struct{}

func (local) Today() time.Time { return time.Now() } // want `time\.Now in workflow code`

func today(d Dates) time.Time { return d.Today() }

func DatesWorkflow(ctx workflow.Context) error {
	return workflow.Sleep(ctx, today(local{}).Sub(workflow.Now(ctx)))
}

func Register(w worker.Registry) {
	w.RegisterWorkflow(BothWorkflow)
	w.RegisterWorkflow(DatesWorkflow)
	w.RegisterActivity(&Activities{System{}})
}
