// Package metrics writes metrics from workflows.
package metrics

import "go.temporal.io/sdk/workflow"

// A Sink takes metrics.
type Sink interface {
	Incr(name string, tags ...string)
}

// A Writer writes metrics, once.
type Writer interface {
	Incr(ctx workflow.Context, name string, tags ...string)
}

// A Sender sends them with an activity.
type Sender interface {
	Send(ctx workflow.Context, tags ...string)
}

type writer struct{ s Sink }

// New makes a writer.
func New(s Sink) Writer { return &writer{s} }

func (w *writer) Incr(ctx workflow.Context, name string, tags ...string) {
	workflow.SideEffect(ctx, func(workflow.Context) any {
		w.s.Incr(name, tags...)
		return nil
	})
}

type sender struct{}

// NewSender makes a sender.
func NewSender() Sender { return &sender{} }

func (s *sender) Send(ctx workflow.Context, tags ...string) {
	workflow.ExecuteActivity(ctx, "Tags", tags)
}

// Tags lists tags in no order.
func Tags(m map[string]string) []string {
	var tags []string
	for k, v := range m {
		tags = append(tags, k+":"+v)
	}
	return tags
}
