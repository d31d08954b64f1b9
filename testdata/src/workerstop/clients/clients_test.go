package clients

import (
	"testing"

	"github.com/mediacloud/mcwflint/runtime/workers"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// What is deferred runs before the cleanups.
func TestCleanup(t *testing.T) {
	var c client.Client
	defer c.Close() // want `this client is closed before its worker stops`
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { workers.StopWorkerFaster(w) })
}

func TestCleanups(t *testing.T) {
	var c client.Client
	t.Cleanup(c.Close)
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { workers.StopWorkerFaster(w) })
}

func TestOneKind(t *testing.T) {
	var c client.Client
	w := workers.NewWorkflowWorker(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	c.Close() // want `this client is closed before its worker stops`
	workers.StopWorkerFaster(w)
}
