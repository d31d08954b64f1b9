package clocks

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// A Planner has the clock of the process unless it is given another one.
type Planner struct{ now func() time.Time }

type Option func(*Planner)

func WithNow(now func() time.Time) Option { return func(p *Planner) { p.now = now } }

func NewPlanner(opts ...Option) *Planner {
	p := &Planner{now: time.Now}
	for _, o := range opts {
		o(p)
	}
	return p
}

func (p *Planner) due() time.Time { return p.now().Add(time.Hour) }

// PlannerWorkflow gives it one.
func PlannerWorkflow(ctx workflow.Context) (time.Time, error) {
	return NewPlanner(WithNow(func() time.Time { return workflow.Now(ctx) })).due(), nil
}

// Config stands in for a clock that nobody gives.
type Config struct{ Now func() time.Time }

func (c Config) due() time.Time {
	if c.Now == nil {
		c.Now = time.Now
	}
	return c.Now()
}

func ConfigWorkflow(ctx workflow.Context) (time.Time, error) {
	return Config{Now: func() time.Time { return workflow.Now(ctx) }}.due(), nil
}

// A Timer is never given another clock.
type Timer struct{ now func() time.Time }

func NewTimer() *Timer { return &Timer{now: time.Now} } // want `time\.Now in workflow code.*TimerWorkflow -> Timer.due`

func (t *Timer) due() time.Time { return t.now() }

func TimerWorkflow(ctx workflow.Context) (time.Time, error) {
	return NewTimer().due(), nil
}

// Still is a clock that workflow code makes.
type Still time.Time

func (s Still) Now() time.Time { return time.Time(s) }

func StillWorkflow(ctx workflow.Context, at time.Time) (bool, error) {
	return late(Still(workflow.Now(ctx)), at), nil
}

func late(c Clock, at time.Time) bool { return c.Now().After(at) }

// Desk is plain Go.
func Desk(at time.Time) bool { return late(System{}, at) }
