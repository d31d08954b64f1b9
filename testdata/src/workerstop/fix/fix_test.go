package fix

import (
	"testing"
	"time"

	"github.com/mediacloud/mcwflint/runtime/workers"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

type server struct{ worker worker.Worker }

func TestAll(t *testing.T) {
	var c client.Client
	a := worker.New(c, "a", worker.Options{})
	b := worker.New(c, "b", worker.Options{WorkerStopTimeout: time.Minute})
	s := server{worker: worker.New(c, "c", worker.Options{})}
	for _, w := range []worker.Worker{a, b, s.worker} {
		if err := w.Start(); err != nil {
			t.Fatal(err)
		}
	}
	defer a.Stop()    // want `plain Stop`
	t.Cleanup(b.Stop) // want `WorkerStopTimeout`
	s.worker.Stop()   // want `plain Stop`
	workers.StopWorkerFaster(a)
}
