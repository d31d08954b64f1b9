package messages // want package:`messages {\[\] \[{signal add \[n\] int `

// What the domain of that name says of packages.

import "go.temporal.io/sdk/workflow"

func Run(ctx workflow.Context) error {
	var n int
	workflow.GetSignalChannel(ctx, "add").Receive(ctx, &n)
	return nil
}
