// Package above executes by name what a package below registers.
package above

import (
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/positionalargs/names/worker"
)

func Run(ctx workflow.Context) error {
	workflow.ExecuteActivity(ctx, "closed") // want `closed takes 1 argument after its context and gets 0`
	workflow.ExecuteActivity(ctx, "mixed", 1)
	return worker.Run(ctx)
}
