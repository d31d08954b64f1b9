// Package flows executes by name what it does not import.
package flows

import (
	"go.temporal.io/sdk/workflow"
)

const (
	Charge = "charge-order"
	Refund = "refund-order"
)

type Order struct{ ID string }

type Definition struct {
	Name string
	Func any
}

func Definitions() []Definition {
	return []Definition{{Name: "SubFlow", Func: subFlow}, {"Second", second}}
}

func subFlow(ctx workflow.Context, order Order) error { return nil }

func second(ctx workflow.Context, n int) error { return nil }

func Flow(ctx workflow.Context, order Order) error {
	workflow.ExecuteActivity(ctx, Charge, order)
	workflow.ExecuteActivity(ctx, Refund, "order")
	workflow.ExecuteActivity(ctx, Refund, order)
	workflow.ExecuteActivity(ctx, "prefix-Twice", 1, 2)
	workflow.ExecuteActivity(ctx, "prefix-Twice", 1, 2, 3) //mcwflint:ignore positionalargs -- the rest is for the version before
	workflow.ExecuteActivity(ctx, "same", 1)
	workflow.ExecuteActivity(ctx, "closed", 1, 2)
	workflow.ExecuteActivity(ctx, "mixed", 1)
	workflow.ExecuteActivity(ctx, "notify", []string{"a"})
	workflow.ExecuteChildWorkflow(ctx, "SubFlow", order, 1) // want `subFlow takes 1 argument after its context and gets 2: what is too many is dropped`
	workflow.ExecuteChildWorkflow(ctx, "Second", "one")     // want `argument 1 of second: string is read as int`
	return workflow.ExecuteChildWorkflow(ctx, "SubFlow", order).Get(ctx, nil)
}
