// Command workflow-worker runs the workflows. They need no database, and little else.
package main

import (
	"context"
	"log"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/workflows"
	mcwruntime "github.com/mediacloud/mcwflint/runtime"
	"github.com/mediacloud/mcwflint/runtime/temporalclient"
	"github.com/mediacloud/mcwflint/runtime/workers"
)

func main() {
	if err := run(context.Background()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	temporalclient.Configure(func(options *client.Options) {
		options.Plugins = append(options.Plugins, mcwruntime.Plugin(mcwruntime.Options{}))
	})
	c, err := temporalclient.Shared(ctx)
	if err != nil {
		return err
	}
	defer temporalclient.Close()

	w := workers.NewWorkflowWorker(c, activities.TaskQueue, worker.Options{})
	w.RegisterWorkflow(workflows.KardashianWorkflowImpl{}.KeepUpWithKardashians)
	w.RegisterWorkflow(workflows.RerunWorkflow)
	w.RegisterWorkflow(workflows.EpisodesWorkflow)
	w.RegisterWorkflow(workflows.PartyWorkflow)
	w.RegisterWorkflow(workflows.InvitationWorkflow)
	return w.Run(worker.InterruptCh())
}
