// Command worker runs the workflows and the activities.
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

	"github.com/mediacloud/mcwflint/examples/kardashians/bad/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/database"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/postgres"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/telemetry"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/workflows"
	"github.com/mediacloud/mcwflint/examples/kardashians/mishap"
)

func main() {
	lost := flag.Int("lose-answers", 0, "lose the answers of the first `n` attempts of every activity, after they have done their work")
	flag.Parse()
	if err := run(context.Background(), *lost); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, lost int) error {
	c, err := client.Dial(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS")})
	if err != nil {
		return err
	}
	defer c.Close()

	pool := database.ConnectToDB(ctx)
	defer pool.Close()

	store := telemetry.NewStore(postgres.NewStore(pool), slog.Default())
	tasks := activities.NewTasks(people.NewService(store), os.Getenv("TRANSCRIPTS"))

	w := worker.New(c, activities.TaskQueue, worker.Options{
		Interceptors: []interceptor.WorkerInterceptor{mishap.LoseAnswers(lost)},
	})
	w.RegisterWorkflow(workflows.KeepingUp{}.KeepUpWithKardashians)
	w.RegisterWorkflow(workflows.Rerun)
	w.RegisterWorkflow(workflows.ThrowParty)
	w.RegisterWorkflow(workflows.InvitationWorkflow)
	// Bad: workflows and activities share a process. Activities that eat its memory or end it, as AddCar can, take
	// every cached workflow with them, and neither kind can be scaled or deployed without the other.
	activities.Register(w, tasks)
	return w.Run(worker.InterruptCh())
}
