//go:build unix

package retry_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/retry"
	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

func TestMain(m *testing.M) { servers.Main(m) }

func fetch(context.Context) error { return nil }

// TestServer asks a real server which activity options it accepts. It has two ways to refuse, and in both the task is
// tried again forever, and the workflow looks as if it were running:
//
//   - Without a valid timeout the workflow task fails, as an event in the history says.
//   - With an invalid policy the worker gets an error for its answer, which the SDK logs as information. The history shows
//     a workflow task that timed out.
func TestServer(t *testing.T) {
	with := func(change func(*temporal.RetryPolicy)) workflow.ActivityOptions {
		return workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: retry.With(change)}
	}
	minute := workflow.ActivityOptions{StartToCloseTimeout: time.Minute}
	policy := func(p temporal.RetryPolicy) workflow.ActivityOptions {
		return workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: &p}
	}
	const (
		accepted  = ""
		noTimeout = "A valid StartToClose or ScheduleToCloseTimeout is not set"
	)
	tests := []struct {
		name    string
		options workflow.ActivityOptions
		want    string // part of what the server says
	}{
		{"the default policy", with(func(*temporal.RetryPolicy) {}), accepted},
		{"no policy", minute, accepted},
		{"an empty policy", policy(temporal.RetryPolicy{}), accepted},
		{"attempts alone", policy(temporal.RetryPolicy{MaximumAttempts: 5}), accepted},
		{"coefficient 0", with(func(p *temporal.RetryPolicy) { p.BackoffCoefficient = 0 }), accepted},
		{"coefficient 1", with(func(p *temporal.RetryPolicy) { p.BackoffCoefficient = 1 }), accepted},
		{"coefficient 0.99", with(func(p *temporal.RetryPolicy) { p.BackoffCoefficient = 0.99 }), "BackoffCoefficient cannot be less than 1"},
		{"coefficient -1", with(func(p *temporal.RetryPolicy) { p.BackoffCoefficient = -1 }), "BackoffCoefficient cannot be less than 1"},
		{"coefficient 0.5, one attempt", with(func(p *temporal.RetryPolicy) { p.BackoffCoefficient, p.MaximumAttempts = 0.5, 1 }), accepted},
		{"initial interval 0", with(func(p *temporal.RetryPolicy) { p.InitialInterval = 0 }), accepted},
		{"initial interval -1 s", with(func(p *temporal.RetryPolicy) { p.InitialInterval = -time.Second }), "InitialInterval"},
		{"maximum interval 0", with(func(p *temporal.RetryPolicy) { p.MaximumInterval = 0 }), accepted},
		{"maximum interval as initial", with(func(p *temporal.RetryPolicy) { p.MaximumInterval = p.InitialInterval }), accepted},
		{"maximum interval under initial", with(func(p *temporal.RetryPolicy) { p.MaximumInterval = time.Millisecond }), "MaximumInterval cannot be less than InitialInterval"},
		{"maximum interval under the default initial", policy(temporal.RetryPolicy{MaximumInterval: time.Millisecond}), "MaximumInterval cannot be less than InitialInterval"},
		{"initial interval over the default maximum", policy(temporal.RetryPolicy{InitialInterval: time.Hour}), accepted},
		{"maximum interval -1 s", with(func(p *temporal.RetryPolicy) { p.MaximumInterval = -time.Second }), "MaximumInterval"},
		{"attempts 0", with(func(p *temporal.RetryPolicy) { p.MaximumAttempts = 0 }), accepted},
		{"attempts 1", with(func(p *temporal.RetryPolicy) { p.MaximumAttempts = 1 }), accepted},
		{"attempts -1", with(func(p *temporal.RetryPolicy) { p.MaximumAttempts = -1 }), "MaximumAttempts cannot be negative"},
		{"no error types", with(func(p *temporal.RetryPolicy) { p.NonRetryableErrorTypes = nil }), accepted},
		{"an error type twice", with(func(p *temporal.RetryPolicy) {
			p.NonRetryableErrorTypes = append(p.NonRetryableErrorTypes, p.NonRetryableErrorTypes...)
		}), accepted},
		{"no timeout", workflow.ActivityOptions{RetryPolicy: retry.DefaultPolicy()}, noTimeout},
		{"only schedule to start", workflow.ActivityOptions{ScheduleToStartTimeout: time.Minute}, noTimeout},
		{"only heartbeat", workflow.ActivityOptions{HeartbeatTimeout: time.Minute}, noTimeout},
		{"schedule to close", workflow.ActivityOptions{ScheduleToCloseTimeout: time.Minute}, accepted},
		{"start to close -1 s", workflow.ActivityOptions{StartToCloseTimeout: -time.Second}, "Invalid StartToCloseTimeout"},
	}

	l := log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	var refuse atomic.Pointer[context.CancelCauseFunc] // ends the wait of the test that runs
	c, err := client.Dial(client.Options{
		HostPort: servers.TemporalAddress(t),
		Logger:   l,
		ConnectionOptions: client.ConnectionOptions{DialOptions: []grpc.DialOption{grpc.WithChainUnaryInterceptor(
			func(ctx context.Context, method string, req, reply any, cc *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
				err := invoke(ctx, method, req, reply, cc, opts...)
				if strings.HasSuffix(method, "/RespondWorkflowTaskCompleted") && status.Code(err) == codes.InvalidArgument {
					(*refuse.Load())(err)
				}
				return err
			},
		)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	const queue = "retry"
	w := worker.New(c, queue, worker.Options{})
	w.RegisterActivity(fetch)
	for i, tt := range tests {
		w.RegisterWorkflowWithOptions(func(ctx workflow.Context) error {
			return workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, tt.options), fetch).Get(ctx, nil)
		}, workflow.RegisterOptions{Name: fmt.Sprint("case", i)})
	}
	workertest.Start(t, w)

	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			ctx, cancelCause := context.WithCancelCause(ctx)
			refuse.Store(&cancelCause)
			run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: queue}, fmt.Sprint("case", i))
			if err != nil {
				t.Fatal(err)
			}
			answer := outcome(ctx, t, c, run)
			t.Logf("%q", answer)
			if tt.want == accepted && answer != accepted || !strings.Contains(answer, tt.want) {
				t.Errorf("got %q, want %q", answer, tt.want)
			}
		})
	}
}

// outcome returns what the server says against a run's activity, "" if the activity ran. The cause of ctx is what it says to
// the worker.
func outcome(ctx context.Context, t *testing.T, c client.Client, run client.WorkflowRun) string {
	t.Helper()
	terminate := func() {
		if err := c.TerminateWorkflow(t.Context(), run.GetID(), run.GetRunID(), "end of test"); err != nil {
			t.Fatal(err)
		}
	}
	events := c.GetWorkflowHistory(ctx, run.GetID(), run.GetRunID(), true, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if refusal := context.Cause(ctx); status.Code(refusal) == codes.InvalidArgument {
			terminate()
			return refusal.Error()
		}
		if err != nil {
			t.Fatal(err)
		}
		if failed := event.GetWorkflowTaskFailedEventAttributes(); failed != nil {
			terminate()
			return failed.GetFailure().GetMessage()
		}
		if event.GetWorkflowExecutionCompletedEventAttributes() != nil {
			return ""
		}
	}
	t.Fatal("the history ended without an answer")
	return ""
}
