package kept

import (
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func newWorker(c client.Client, opts worker.Options) worker.Worker {
	w := worker.New(c, "q", opts)
	w.RegisterActivity(step)
	return w
}

func dial(t *testing.T) client.Client {
	c, err := client.Dial(client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestOrder(t *testing.T) {
	c := dial(t)
	w := newWorker(c, worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()  // want `plain Stop in a test`
	defer c.Close() // want `this client is closed before its worker stops`
}

func TestSlow(t *testing.T) {
	c := dial(t)
	defer c.Close()
	w := newWorker(c, worker.Options{WorkerStopTimeout: 10 * time.Second})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop() // want `as long as WorkerStopTimeout says \(10 \* time.Second\)`
}

func TestQuick(t *testing.T) {
	c := dial(t)
	t.Cleanup(c.Close)
	opts := worker.Options{WorkerStopTimeout: 0}
	w := newWorker(c, opts)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop) // want `plain Stop in a test`
}

// Cleanups come behind what is deferred.
func TestCleanup(t *testing.T) {
	c := dial(t)
	defer c.Close() // want `this client is closed before its worker stops`
	w := newWorker(c, worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop) // want `plain Stop in a test`
}
