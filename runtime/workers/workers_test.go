//go:build unix

package workers_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/workers"
	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

func TestMain(m *testing.M) { servers.Main(m) }

func dial(t *testing.T) client.Client {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: servers.TemporalAddress(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func greet(_ context.Context, name string) (string, error) { return "hello " + name, nil }

func greetWorkflow(ctx workflow.Context, name string) (string, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
	var local, remote string
	if err := workflow.ExecuteLocalActivity(ctx, greet, "local "+name).Get(ctx, &local); err != nil {
		return "", err
	}
	err := workflow.ExecuteActivity(ctx, greet, name).Get(ctx, &remote)
	return local + ", " + remote, err
}

// TestSplit: two workers on one queue share the work of one workflow, each its kind. The workflow worker has the activity
// too, as a remote one it must not run it.
func TestSplit(t *testing.T) {
	c := dial(t)
	const queue = "split"
	// Options for the other kind of worker are put right.
	ww := workers.NewWorkflowWorker(c, queue, worker.Options{DisableWorkflowWorker: true})
	ww.RegisterWorkflow(greetWorkflow)
	workertest.Start(t, ww)

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: queue}, greetWorkflow, "Kim")
	if err != nil {
		t.Fatal(err)
	}
	// The activity waits until there is a worker for it.
	for pending(ctx, t, c, run) == 0 {
		time.Sleep(10 * time.Millisecond)
	}
	aw := workers.NewActivityWorker(c, queue, worker.Options{LocalActivityWorkerOnly: true})
	aw.RegisterActivity(greet)
	workertest.Start(t, aw)

	var got string
	if err := run.Get(ctx, &got); err != nil {
		t.Fatal(err)
	}
	if want := "hello local Kim, hello Kim"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func pending(ctx context.Context, t *testing.T, c client.Client, run client.WorkflowRun) int {
	t.Helper()
	d, err := c.DescribeWorkflowExecution(ctx, run.GetID(), run.GetRunID())
	if err != nil {
		t.Fatal(err)
	}
	return len(d.GetPendingActivities())
}

func TestActivityWorkerRefusesWorkflows(t *testing.T) {
	w := workers.NewActivityWorker(dial(t), "refuse", worker.Options{})
	defer func() {
		if recover() == nil {
			t.Error("an activity worker took a workflow")
		}
	}()
	w.RegisterWorkflow(greetWorkflow)
}

// deaf is an activity that heeds neither its context nor its worker, only the test.
type deaf struct{ started, release chan struct{} }

func (d deaf) Wait(context.Context) error {
	close(d.started)
	<-d.release
	return nil
}

// busy returns a started worker with WorkerStopTimeout 30 s that runs an activity, which ends when release is closed.
func busy(t *testing.T, c client.Client, queue string) (w worker.Worker, release chan struct{}) {
	t.Helper()
	activities := deaf{make(chan struct{}), make(chan struct{})}
	w = worker.New(c, queue, worker.Options{WorkerStopTimeout: 30 * time.Second})
	wait := func(ctx workflow.Context) error {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		return workflow.ExecuteActivity(ctx, activities.Wait).Get(ctx, nil)
	}
	w.RegisterWorkflowWithOptions(wait, workflow.RegisterOptions{Name: "wait"})
	w.RegisterActivity(activities.Wait)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: queue}, "wait"); err != nil {
		t.Fatal(err)
	}
	<-activities.started
	return w, activities.release
}

// TestStopWorkerFaster: bounds hold with an activity that goes on and a WorkerStopTimeout of 30 s, twice in a row.
func TestStopWorkerFaster(t *testing.T) {
	c := dial(t)
	w, release := busy(t, c, "stop")

	start := time.Now()
	if workers.StopWorkerFaster(w) {
		t.Error("the worker is said to have stopped while its activity runs")
	}
	took := time.Since(start)
	t.Logf("stopped waiting after %v", took)
	if took < 500*time.Millisecond {
		t.Errorf("returned after %v, before its bound", took)
	}
	// Far under the 30 s of Stop, and far over what a slow machine needs.
	if took > 10*time.Second {
		t.Errorf("returned after %v, want 500 ms", took)
	}
	start = time.Now()
	if workers.StopWorkerWithin(w, time.Millisecond) {
		t.Error("the worker is said to have stopped while its activity runs")
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("returned after %v, want 1 ms", took)
	}

	// With the activity the worker ends, long before any bound.
	close(release)
	start = time.Now()
	if !workers.StopWorkerWithin(w, time.Hour) {
		t.Error("the worker is said to run on")
	}
	t.Logf("stopped %v after its activity's end", time.Since(start))
	if !workers.StopWorkerFaster(w) {
		t.Error("a worker that has stopped is said to run on")
	}
}

// TestStopIdle: a worker that has nothing to do stops before any bound.
func TestStopIdle(t *testing.T) {
	w := worker.New(dial(t), "idle", worker.Options{WorkerStopTimeout: 30 * time.Second})
	w.RegisterActivity(greet)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if !workers.StopWorkerWithin(w, time.Hour) {
		t.Error("the worker is said to run on")
	}
	t.Logf("stopped after %v", time.Since(start))
}

func TestStopConcurrently(t *testing.T) {
	w := worker.New(dial(t), "concurrent", worker.Options{})
	w.RegisterActivity(greet)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() { workers.StopWorkerWithin(w, time.Hour) })
	}
	wg.Wait()
}

func TestStopNeverStarted(t *testing.T) {
	w := worker.New(dial(t), "never", worker.Options{})
	w.RegisterActivity(greet)
	if !workers.StopWorkerWithin(w, time.Hour) {
		t.Error("a worker that never started is said to run")
	}
}
