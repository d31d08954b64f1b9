//go:build unix

package workertest_test

import (
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

func TestMain(m *testing.M) { servers.Main(m) }

// TestStart: the worker runs as long as the test, and stops before the client that was there before it.
func TestStart(t *testing.T) {
	var w worker.Worker
	t.Run("test", func(t *testing.T) {
		c, err := client.Dial(client.Options{HostPort: servers.TemporalAddress(t)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		w = worker.New(c, "workertest", worker.Options{})
		w.RegisterWorkflow(keepUpWorkflow)
		workertest.Start(t, w)
		if err := w.Start(); err != nil { // which does nothing when it runs
			t.Errorf("started again: %v", err)
		}
	})
	if w == nil {
		t.SkipNow()
	}
	defer func() {
		if recover() == nil {
			t.Error("the worker runs on after its test")
		}
	}()
	w.Start() // panics when it has stopped
}
