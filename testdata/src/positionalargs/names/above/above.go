// Package above executes by name what a package below registers.
package above

import (
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/positionalargs/names/worker"
)

func Run(ctx workflow.Context) error {
	workflow.ExecuteActivity(ctx, "closed") // want `closed takes 1 argument after its context and gets 0`
	workflow.ExecuteActivity(ctx, "mixed", 1)
	workflow.ExecuteActivity(ctx, worker.Late, 1, 2) // want `Delayed takes 1 argument after its context and gets 2`
	workflow.ExecuteActivity(ctx, worker.Changing, 1, 2)
	return worker.Run(ctx)
}
