package contexts // want package:`names {false \[\] \[{Charge false`

// What the domain of that name says of functions.

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/workflow"
)

func Beat(ctx context.Context) { activity.RecordHeartbeat(ctx) } // want Beat:`^heartbeat activity.RecordHeartbeat$`

func Quiet() workflow.ActivityOptions { return workflow.ActivityOptions{TaskQueue: "slow"} } // want Quiet:`{true 0 0 0 \d+ \d+}  false false}$`

func Without(ctx workflow.Context) workflow.Context { // want Without:`^contexts {\[\] true {false true {true 0 0 0`
	return workflow.WithActivityOptions(ctx, Quiet())
}

func Given(ctx workflow.Context, o workflow.ActivityOptions) workflow.Context { // want Given:`^contexts {\[\] true {false true {true 2 2 2`
	return workflow.WithActivityOptions(ctx, o)
}

func OnContext(ctx workflow.Context) error { // want OnContext:`^contexts {\[{false "Charge" false 0 false {example.com/corpus/domains/contexts contexts.go 25 9}}\]`
	return workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
}

func OnOptions(ctx workflow.Context, o workflow.ActivityOptions) error { // want OnOptions:`^contexts {\[{false "Charge" false 2 false {example.com/corpus/domains/contexts contexts.go 25 9}}\]`
	return OnContext(Given(ctx, o))
}
