package workflows_test

import (
	"context"
	"os"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/examples/kardashians/bad/activities"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/people"
	"github.com/mediacloud/mcwflint/examples/kardashians/bad/workflows"
)

// fakeTasks has only the activities that KeepUpWithKardashians runs.
type fakeTasks struct {
	activities.KardashianTasks
	welcomed []string
	counted  chan int
}

func (f *fakeTasks) AddNewKardashian(ctx context.Context, name, surname string) error {
	f.welcomed = append(f.welcomed, name)
	return nil
}

func (f *fakeTasks) StartRerun(ctx context.Context, name string) error {
	return nil
}

func (f *fakeTasks) HowManyKardashians(ctx context.Context) (int, error) {
	f.counted <- len(f.welcomed)
	// A slow count, which does not look at its context.
	time.Sleep(10 * time.Second)
	return len(f.welcomed), nil
}

func TestKeepUpWithKardashians(t *testing.T) {
	address := os.Getenv("TEMPORAL_ADDRESS")
	if address == "" {
		t.Skip("TEMPORAL_ADDRESS is not set")
	}
	c, err := client.Dial(client.Options{HostPort: address})
	if err != nil {
		t.Fatal(err)
	}

	const taskQueue = "kardashians-bad-test"
	w := worker.New(c, taskQueue, worker.Options{
		WorkerStopTimeout: 30 * time.Second,
	})
	fake := &fakeTasks{counted: make(chan int, 1)}
	w.RegisterWorkflow(workflows.KeepingUp{}.KeepUpWithKardashians)
	w.RegisterActivity(fake)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	// Bad: with a WorkerStopTimeout a plain Stop waits, up to 30 seconds, for an activity that nobody needs any more.
	// This test takes 10 seconds; a hundred like it take a quarter of an hour.
	defer w.Stop()
	// Bad: deferred last, run first. The worker loses its connection while it still works, and the count that ends in
	// the meantime is never reported.
	defer c.Close()

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	family := []people.Person{{Name: "Kim", Surname: "Kardashian"}, {Name: "Kourtney", Surname: "Kardashian"}}
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: taskQueue},
		workflows.KeepingUp{}.KeepUpWithKardashians, family)
	if err != nil {
		t.Fatal(err)
	}
	select {
	case n := <-fake.counted:
		if n != len(family) {
			t.Errorf("%d Kardashians, want %d", n, len(family))
		}
	case <-ctx.Done():
		t.Fatal("nobody counted the family")
	}
	if err := c.TerminateWorkflow(ctx, run.GetID(), run.GetRunID(), "end of test"); err != nil {
		t.Fatal(err)
	}
}
