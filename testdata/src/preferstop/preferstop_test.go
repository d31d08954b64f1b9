package preferstop

import (
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func TestPlain(t *testing.T) {
	var c client.Client
	w := worker.New(c, "q", worker.Options{})
	slow := worker.New(c, "q", worker.Options{WorkerStopTimeout: time.Minute})
	defer w.Stop()
	defer slow.Stop() // want `WorkerStopTimeout`
}
