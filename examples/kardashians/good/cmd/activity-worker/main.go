// Command activity-worker runs the activities. It can be scaled, deployed and killed without touching a workflow.
package main

import (
	"log"
	"log/slog"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/postgres"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/telemetry"
)

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	// The one client of this process: activities get it from their context.
	c, err := client.Dial(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS")})
	if err != nil {
		return err
	}
	defer c.Close()

	// Nothing connects to the database yet. A worker that starts without one waits for it, in retried activities.
	store := telemetry.NewStore(postgres.Store{}, slog.Default())

	w := worker.New(c, activities.TaskQueue, worker.Options{
		DisableWorkflowWorker: true,
	})
	w.RegisterActivity(activities.NewKardashianActivities(people.NewService(store), os.Getenv("TRANSCRIPTS")))
	return w.Run(worker.InterruptCh())
}
