//go:build unix

package integration_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	mcwruntime "github.com/mediacloud/mcwflint/runtime"
	"github.com/mediacloud/mcwflint/runtime/batches"
	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/limits"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/retry"
	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

// Refuse fails for good, and says so in an error that is wrapped.
func Refuse(context.Context) error {
	return errors.Join(errors.New("while charging"), mcerror.Permanentf("no such account"))
}

// Long returns more than a payload may have.
func Long(context.Context) (string, error) {
	return strings.Repeat("x", limits.DefaultPayloadBytes), nil
}

// PluginWorkflow returns what it hears of an activity, without a retry.
func PluginWorkflow(ctx workflow.Context, activity string) (string, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.With(func(p *temporal.RetryPolicy) { p.MaximumAttempts = 1 }),
	})
	err := workflow.ExecuteActivity(ctx, activity).Get(ctx, nil)
	if errors.As(err, new(*mcerror.McPermanentError)) {
		return "permanent", nil
	}
	return "", err
}

// Double is a child of batches.
func Double(ctx workflow.Context, numbers []int) ([]int, error) {
	var doubled []int
	for _, n := range numbers {
		doubled = append(doubled, 2*n)
	}
	return doubled, workflow.Sleep(ctx, time.Millisecond)
}

// BatchWorkflow runs batches of them.
func BatchWorkflow(ctx workflow.Context, numbers []int) ([]int, error) {
	parts, err := batches.Run(ctx, Double, numbers, batches.Options{Size: 3, Parallel: 2})
	return slices.Concat(parts...), err
}

// Have: one line sets the failure converter and the limits, for the client and its workers; and batches do the same on a
// replay as they did.
func TestPlugin(t *testing.T) {
	c, err := client.Dial(client.Options{
		HostPort: servers.TemporalAddress(t),
		Logger:   log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
		Plugins:  []client.Plugin{mcwruntime.Plugin(mcwruntime.Options{})},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	const queue = "plugin"
	w := worker.New(c, queue, worker.Options{})
	w.RegisterActivity(Refuse)
	w.RegisterActivity(Long)
	w.RegisterWorkflow(PluginWorkflow)
	w.RegisterWorkflow(BatchWorkflow)
	w.RegisterWorkflow(Double)
	workertest.Start(t, w)
	execute := func(wf, arg, result any) (client.WorkflowRun, error) {
		run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: queue}, wf, arg)
		if err != nil {
			t.Fatal(err)
		}
		return run, run.Get(t.Context(), result)
	}

	var heard string
	if _, err := execute(PluginWorkflow, "Refuse", &heard); err != nil || heard != "permanent" {
		t.Errorf("%q %v", heard, err)
	}
	if _, err := execute(PluginWorkflow, "Long", nil); !errors.As(err, new(*mcerror.McProgrammingError)) {
		t.Errorf("a result over the limit: %v", err)
	}

	var doubled []int
	run, err := execute(BatchWorkflow, []int{1, 2, 3, 4, 5, 6, 7, 8}, &doubled)
	if err != nil || !slices.Equal(doubled, []int{2, 4, 6, 8, 10, 12, 14, 16}) {
		t.Fatalf("%v %v", doubled, err)
	}
	var history historypb.History
	events := c.GetWorkflowHistory(t.Context(), run.GetID(), run.GetRunID(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			t.Fatal(err)
		}
		history.Events = append(history.Events, e)
	}
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{mcwruntime.Plugin(mcwruntime.Options{})}})
	if err != nil {
		t.Fatal(err)
	}
	replayer.RegisterWorkflow(BatchWorkflow)
	if err := replayer.ReplayWorkflowHistory(nil, &history); err != nil {
		t.Error(err)
	}
}
