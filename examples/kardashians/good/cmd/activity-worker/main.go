// Command activity-worker runs the activities. It can be scaled, deployed and killed without touching a workflow.
package main

import (
	"context"
	"flag"
	"log"
	"log/slog"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/store"
	"github.com/mediacloud/mcwflint/examples/kardashians/good/telemetry"
	"github.com/mediacloud/mcwflint/examples/kardashians/mishap"
	mcwruntime "github.com/mediacloud/mcwflint/runtime"
	"github.com/mediacloud/mcwflint/runtime/postgres"
	"github.com/mediacloud/mcwflint/runtime/temporalclient"
	"github.com/mediacloud/mcwflint/runtime/workers"
)

func main() {
	lost := flag.Int("lose-answers", 0, "lose the answers of the first `n` attempts of every activity, after they have done their work")
	flag.Parse()
	if err := run(context.Background(), *lost); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, lost int) error {
	temporalclient.Configure(func(options *client.Options) {
		options.Plugins = append(options.Plugins, mcwruntime.Plugin(mcwruntime.Options{}))
	})
	// The one client of this process: activities get it from their context.
	c, err := temporalclient.Shared(ctx)
	if err != nil {
		return err
	}
	defer temporalclient.Close()

	// Nothing connects to the database yet. A worker that starts without one waits for it, in retried activities.
	defer postgres.Close()
	family := telemetry.NewStore(store.Store{}, slog.Default())

	w := workers.NewActivityWorker(c, activities.TaskQueue, worker.Options{
		Interceptors: []interceptor.WorkerInterceptor{mishap.LoseAnswers(lost)},
	})
	w.RegisterActivity(activities.NewKardashianActivities(people.NewService(family), os.Getenv("TRANSCRIPTS")))
	return w.Run(worker.InterruptCh())
}
