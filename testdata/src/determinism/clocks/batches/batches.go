// Package batches gives one workflow the identifiers that suit it, and another one others.
package batches

import (
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/determinism/clocks/ids"
)

// A Planner names batches.
type Planner struct{ ids ids.Generator }

// An Option changes a planner.
type Option func(*Planner)

// WithIDs gives it identifiers.
func WithIDs(g ids.Generator) Option { return func(p *Planner) { p.ids = g } }

// New makes a planner.
func New(opts ...Option) *Planner {
	p := &Planner{ids: ids.Default()}
	for _, o := range opts {
		o(p)
	}
	return p
}

func (p *Planner) name(batch string) string {
	return batch + p.ids.NewID() // want `uuid.NewString in workflow code.*PlanWorkflow -> Planner.name -> ids.Random.NewID`
}

type sorter struct{ ids ids.Generator }

func (s *sorter) name(batch string) string { return batch + s.ids.NewID() }

// PlanWorkflow has random ones.
func PlanWorkflow(ctx workflow.Context, batch string) (string, error) {
	return New(WithIDs(ids.Random{Prefix: "b-"})).name(batch), nil
}

// SortWorkflow has its own.
func SortWorkflow(ctx workflow.Context, batch string) (string, error) {
	s := &sorter{ids: ids.Of(ctx)}
	return s.name(batch), nil
}
