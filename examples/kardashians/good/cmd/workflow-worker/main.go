// Command workflow-worker runs the workflows. They need no database, and little else.
package main

import (
	"log"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/workflows"
)

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	c, err := client.Dial(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS")})
	if err != nil {
		return err
	}
	defer c.Close()

	w := worker.New(c, activities.TaskQueue, worker.Options{
		// Without this the worker would also take activities off the queue, and fail them: it has none.
		LocalActivityWorkerOnly: true,
	})
	w.RegisterWorkflow(workflows.KardashianWorkflowImpl{}.KeepUpWithKardashians)
	w.RegisterWorkflow(workflows.RerunWorkflow)
	w.RegisterWorkflow(workflows.SeasonWorkflow)
	w.RegisterWorkflow(workflows.PartyWorkflow)
	return w.Run(worker.InterruptCh())
}
