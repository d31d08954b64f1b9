package workflows_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/mediacloud/mcwflint/examples/kardashians/good/workflows"
	"github.com/mediacloud/mcwflint/runtime/workers"
)

func TestReplay(t *testing.T) {
	address := os.Getenv("TEMPORAL_ADDRESS")
	if address == "" {
		t.Skip("TEMPORAL_ADDRESS is not set")
	}
	c, err := client.Dial(client.Options{HostPort: address})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	const taskQueue = "kardashians-good-replay"
	w := worker.New(c, taskQueue, worker.Options{})
	w.RegisterWorkflow(workflows.InvitationWorkflow)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { workers.StopWorkerFaster(w) })

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	addresses := make(map[string]string)
	for i := range 8 {
		addresses[fmt.Sprint("guest-", i)] = "Hidden Hills"
	}
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: taskQueue}, workflows.InvitationWorkflow, addresses)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Get(ctx, nil); err != nil {
		t.Fatal(err)
	}
	var history historypb.History
	events := c.GetWorkflowHistory(ctx, run.GetID(), run.GetRunID(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			t.Fatal(err)
		}
		history.Events = append(history.Events, e)
	}

	var failed error
	for range 20 {
		replayer := worker.NewWorkflowReplayer()
		replayer.RegisterWorkflow(workflows.InvitationWorkflow)
		if err := replayer.ReplayWorkflowHistory(nil, &history); err != nil {
			failed = err
		}
	}
	if failed != nil {
		t.Fatal(failed)
	}
}
