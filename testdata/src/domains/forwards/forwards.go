package forwards // want package:`i:example.com/corpus/domains/forwards.Provider <- t:example.com/corpus/domains/forwards.Temporal, .*forwards {\[{names t:example.com/corpus/domains/forwards.Temporal Execute 1 \[2\] true}\] \[\] \[\]}`

// What the domain of that name says of packages.

import "go.temporal.io/sdk/workflow"

type Provider interface {
	Execute(ctx workflow.Context, activity any, args ...any) error
}

type Temporal struct{}

func (Temporal) Execute(ctx workflow.Context, activity any, args ...any) error { // want Execute:`^names `
	return workflow.ExecuteActivity(ctx, activity, args...).Get(ctx, nil)
}

func New() Provider { return Temporal{} } // want New:`^returns t:example.com/corpus/domains/forwards.Temporal$`
