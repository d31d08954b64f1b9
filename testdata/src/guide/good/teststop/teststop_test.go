package teststop

import (
	"testing"

	"github.com/mediacloud/mcwflint/runtime/workers"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
)

func TestWithWorker(t *testing.T) {
	var c client.Client
	w := worker.New(c, "stories", worker.Options{})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer workers.StopWorkerFaster(w)
}
