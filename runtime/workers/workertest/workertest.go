// Package workertest runs a worker for as long as a test.
//
//	w := worker.New(c, "fetch-test", worker.Options{})
//	w.RegisterWorkflow(FetchWorkflow)
//	w.RegisterActivity(fake.Fetch)
//	workertest.Start(t, w)
package workertest

import (
	"testing"

	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/runtime/workers"
)

// Start starts w, and stops it with [workers.StopWorkerFaster] when the test and its subtests end. If w cannot start, the
// test fails at once.
//
// Cleanups run last in, first out: make the client, register its Close as a cleanup, then call Start, and the worker stops
// before its client closes.
func Start(t testing.TB, w worker.Worker) {
	t.Helper()
	if err := w.Start(); err != nil {
		t.Fatalf("the worker does not start: %v", err)
	}
	t.Cleanup(func() {
		if !workers.StopWorkerFaster(w) {
			t.Log("an activity runs on: the worker stops in the background")
		}
	})
}
