// Package preferstop is for the setting prefer of workerstop.
package preferstop

import (
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

// Start has a directive for those who have the setting on: it is of use without.
func Start(t *testing.T, c client.Client) {
	w := worker.New(c, "q", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	//mcwflint:ignore workerstop -- Stop is what is tested
	t.Cleanup(w.Stop)
}
