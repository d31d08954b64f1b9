// Package helpers is for tests: it imports testing.
package helpers

import (
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func Start(t *testing.T, c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil { // want `this worker is never stopped`
		t.Fatal(err)
	}
}

func StartAndStop(t *testing.T, c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop) // want `plain Stop in a test`
}
