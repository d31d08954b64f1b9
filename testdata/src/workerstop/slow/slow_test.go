package slow

import (
	"testing"
	"time"

	"github.com/mediacloud/mcwflint/runtime/workers"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

var c client.Client

func TestLiteral(t *testing.T) {
	w := worker.New(c, "q", worker.Options{WorkerStopTimeout: 30 * time.Second})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop() // want `^Stop waits for activities as long as WorkerStopTimeout says \(30 \* time.Second\): StopWorkerFaster does not$`
}

func TestVariable(t *testing.T) {
	var options worker.Options
	options.WorkerStopTimeout = time.Minute
	w := worker.New(c, "q", options)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop) // want `as long as WorkerStopTimeout says \(time.Minute\)`
}

// A worker of one kind, which the product's package makes.
func TestOneKind(t *testing.T) {
	w := workers.NewActivityWorker(c, "q", worker.Options{WorkerStopTimeout: time.Minute})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop() // want `as long as WorkerStopTimeout says \(time.Minute\)`
}

func TestZero(t *testing.T) {
	w := worker.New(c, "q", worker.Options{WorkerStopTimeout: 0})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop() // want `^plain Stop in a test waits for what the worker is doing: StopWorkerFaster is bounded$`
}

func TestIgnored(t *testing.T) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	//mcwflint:ignore workerstop -- the test is about Stop
	defer w.Stop()
}
