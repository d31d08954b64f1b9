//go:build unix

package limits_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/limits"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/retry"
	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

func TestMain(m *testing.M) { servers.Main(m) }

// logger keeps warnings.
type logger struct {
	mu       sync.Mutex
	warnings []string
}

func (l *logger) Debug(string, ...any) {}
func (l *logger) Info(string, ...any)  {}
func (l *logger) Error(string, ...any) {}
func (l *logger) Warn(message string, values ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.warnings = append(l.warnings, fmt.Sprint(message, values))
}

// about returns the warnings that contain text.
func (l *logger) about(text string) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []string
	for _, w := range l.warnings {
		if strings.Contains(w, text) {
			found = append(found, w)
		}
	}
	return found
}

var _ log.Logger = (*logger)(nil)

// setup starts a worker with everything on it that these tests run, and returns a client.
func setup(t *testing.T, queue string, payload *limits.Payload, options worker.Options) (client.Client, *logger) {
	t.Helper()
	l := new(logger)
	clientOptions := client.Options{HostPort: servers.TemporalAddress(t), Logger: l, FailureConverter: mcerror.FailureConverter(nil)}
	if payload != nil {
		payload.Logger = l
		clientOptions.DataConverter = limits.DataConverter(nil, *payload)
	}
	c, err := client.Dial(clientOptions)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	w := worker.New(c, queue, options)
	w.RegisterWorkflow(sendWorkflow)
	w.RegisterWorkflow(receiveWorkflow)
	w.RegisterWorkflow(manyWorkflow)
	w.RegisterWorkflow(childWorkflow)
	w.RegisterActivity(measure)
	w.RegisterActivity(produce)
	workertest.Start(t, w)
	return c, l
}

func execute(t *testing.T, c client.Client, queue string, workflow any, args ...any) client.WorkflowRun {
	t.Helper()
	run, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: queue}, workflow, args...)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func measure(_ context.Context, data string) (int, error) { return len(data), nil }

func produce(_ context.Context, size int) (string, error) { return strings.Repeat("x", size), nil }

func withOptions(ctx workflow.Context) workflow.Context {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         retry.With(func(p *temporal.RetryPolicy) { p.MaximumAttempts = 2; p.InitialInterval = time.Millisecond }),
	})
}

// sendWorkflow gives an activity an argument of size bytes; receiveWorkflow gets such a result from one.
func sendWorkflow(ctx workflow.Context, size int) (n int, err error) {
	err = workflow.ExecuteActivity(withOptions(ctx), measure, strings.Repeat("x", size)).Get(ctx, &n)
	return n, err
}

func receiveWorkflow(ctx workflow.Context, size int) (int, error) {
	var data string
	err := workflow.ExecuteActivity(withOptions(ctx), produce, size).Get(ctx, &data)
	return len(data), err
}

func childWorkflow(workflow.Context) error { return nil }

// manyWorkflow invokes n things, a third of each kind, fifty at a time.
func manyWorkflow(ctx workflow.Context, n int) error {
	ctx = withOptions(ctx)
	for i := 0; i < n; {
		var futures []workflow.Future
		for ; i < n && len(futures) < 50; i++ {
			switch i % 3 {
			case 0:
				futures = append(futures, workflow.ExecuteActivity(ctx, measure, ""))
			case 1:
				futures = append(futures, workflow.ExecuteLocalActivity(ctx, measure, ""))
			case 2:
				futures = append(futures, workflow.ExecuteChildWorkflow(ctx, childWorkflow))
			}
		}
		for _, f := range futures {
			if err := f.Get(ctx, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// refusal waits until a run's workflow task has failed, and returns the message.
func refusal(t *testing.T, c client.Client, run client.WorkflowRun) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	history := c.GetWorkflowHistory(ctx, run.GetID(), run.GetRunID(), true, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for history.HasNext() {
		event, err := history.Next()
		if err != nil {
			t.Fatal(err)
		}
		if failed := event.GetWorkflowTaskFailedEventAttributes(); failed != nil {
			return failed.GetFailure().GetMessage()
		}
		if event.GetWorkflowExecutionCompletedEventAttributes() != nil {
			t.Fatal("the workflow completed")
		}
	}
	t.Fatal("the workflow ended")
	return ""
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not say %q", text, part)
		}
	}
}

const (
	small = 200<<10 - 2 // the limit with the quotes around a JSON string
	large = 250 << 10
)

// TestArgument: the largest argument that is allowed passes, one byte more is refused, and so is 250 KB, in the workflow;
// its task fails, with a message that names activity and size, and it does not fail itself.
func TestArgument(t *testing.T) {
	const queue = "argument"
	c, _ := setup(t, queue, &limits.Payload{}, worker.Options{})

	var n int
	if err := execute(t, c, queue, sendWorkflow, small).Get(t.Context(), &n); err != nil || n != small {
		t.Errorf("%d bytes: %d arrived, %v", small, n, err)
	}
	for _, size := range []int{small + 1, large} {
		run := execute(t, c, queue, sendWorkflow, size)
		message := refusal(t, c, run)
		t.Log(message)
		contains(t, message, "activity measure", "sendWorkflow", fmt.Sprint(size+2, " bytes"), "limit of 204800")
		d, err := c.DescribeWorkflowExecution(t.Context(), run.GetID(), run.GetRunID())
		if err != nil {
			t.Fatal(err)
		}
		if s := d.GetWorkflowExecutionInfo().GetStatus(); s != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
			t.Errorf("the run is %v, want it to wait for a fix", s)
		}
		if err := c.TerminateWorkflow(t.Context(), run.GetID(), run.GetRunID(), "end of test"); err != nil {
			t.Fatal(err)
		}
	}
}

// TestArgumentFailsRun: the SDK's own option makes the run fail instead.
func TestArgumentFailsRun(t *testing.T) {
	const queue = "argument-fails"
	c, _ := setup(t, queue, &limits.Payload{}, worker.Options{WorkflowPanicPolicy: worker.FailWorkflow})
	err := execute(t, c, queue, sendWorkflow, large).Get(t.Context(), nil)
	if err == nil {
		t.Fatal("the run succeeded")
	}
	contains(t, err.Error(), "activity measure", "256002 bytes")
}

// TestArgumentAfterFix: a run that was refused goes on when a worker comes whose limit is higher.
func TestArgumentAfterFix(t *testing.T) {
	const queue = "argument-fixed"
	var run client.WorkflowRun
	t.Run("refused", func(t *testing.T) {
		c, _ := setup(t, queue, &limits.Payload{}, worker.Options{})
		run = execute(t, c, queue, sendWorkflow, large)
		refusal(t, c, run)
	})
	c, _ := setup(t, queue, &limits.Payload{Bytes: 300 << 10}, worker.Options{})
	var n int
	if err := c.GetWorkflow(t.Context(), run.GetID(), run.GetRunID()).Get(t.Context(), &n); err != nil || n != large {
		t.Errorf("%d bytes arrived, %v, want %d", n, err, large)
	}
}

// TestArgumentAtClient: at a client there is an error to return.
func TestArgumentAtClient(t *testing.T) {
	c, _ := setup(t, "client", &limits.Payload{}, worker.Options{})
	_, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "the-id", TaskQueue: "client"},
		"anyWorkflow", strings.Repeat("x", large), 1)
	if _, ok := errors.AsType[*mcerror.McProgrammingError](err); !ok {
		t.Fatalf("%v, want an McProgrammingError", err)
	}
	contains(t, err.Error(), "workflow the-id", "256003 bytes")
}

// TestResult: an activity whose result is too large fails, and is retried as its policy says.
func TestResult(t *testing.T) {
	const queue = "result"
	c, _ := setup(t, queue, &limits.Payload{}, worker.Options{})
	var n int
	if err := execute(t, c, queue, receiveWorkflow, small).Get(t.Context(), &n); err != nil || n != small {
		t.Errorf("%d bytes: %d arrived, %v", small, n, err)
	}
	err := execute(t, c, queue, receiveWorkflow, large).Get(t.Context(), nil)
	if err == nil {
		t.Fatal("the run succeeded")
	}
	t.Log(err)
	contains(t, err.Error(), "activity produce", "256002 bytes")
	if _, ok := errors.AsType[*mcerror.McProgrammingError](err); !ok {
		t.Errorf("%v, want an McProgrammingError", err)
	}
}

// TestPayloadWarn: everything passes, and is logged once for each time that it is sent.
func TestPayloadWarn(t *testing.T) {
	const queue = "payload-warn"
	c, l := setup(t, queue, &limits.Payload{Warn: true}, worker.Options{})
	var n int
	for _, workflow := range []any{sendWorkflow, receiveWorkflow} {
		if err := execute(t, c, queue, workflow, large).Get(t.Context(), &n); err != nil || n != large {
			t.Errorf("%d bytes arrived, %v, want %d", n, err, large)
		}
	}
	if _, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "the-id", TaskQueue: "nobody"},
		"anyWorkflow", strings.Repeat("x", large)); err != nil {
		t.Error(err)
	}
	for _, where := range []string{"activity measure", "activity produce", "workflow the-id"} {
		if warnings := l.about(where); len(warnings) != 1 {
			t.Errorf("%d warnings about %s, want 1: %q", len(warnings), where, warnings)
		} else {
			contains(t, warnings[0], "bytes 256002", "limit 204800")
		}
	}
}

// TestInvocations: of activities, local activities and child workflows together, 1000 pass and the 1001st is refused.
func TestInvocations(t *testing.T) {
	const queue = "invocations"
	c, _ := setup(t, queue, nil, worker.Options{
		Interceptors: []interceptor.WorkerInterceptor{limits.Interceptor(limits.Run{})},
	})
	run := execute(t, c, queue, manyWorkflow, 1001)
	message := refusal(t, c, run)
	t.Log(message)
	contains(t, message, "local activity measure", "invocation 1001", "may have 1000")
	if err := c.TerminateWorkflow(t.Context(), run.GetID(), run.GetRunID(), "end of test"); err != nil {
		t.Fatal(err)
	}
}

// TestInvocationsPerRun: runs of one worker do not add up, and an adjusted limit holds.
func TestInvocationsPerRun(t *testing.T) {
	const queue = "invocations-run"
	c, _ := setup(t, queue, nil, worker.Options{
		Interceptors:        []interceptor.WorkerInterceptor{limits.Interceptor(limits.Run{Invocations: 12})},
		WorkflowPanicPolicy: worker.FailWorkflow,
	})
	for range 3 {
		if err := execute(t, c, queue, manyWorkflow, 12).Get(t.Context(), nil); err != nil {
			t.Errorf("12 invocations: %v", err)
		}
	}
	err := execute(t, c, queue, manyWorkflow, 13).Get(t.Context(), nil)
	if err == nil {
		t.Fatal("13 invocations passed")
	}
	contains(t, err.Error(), "activity measure", "invocation 13", "may have 12")
}

// TestInvocationsWarn: all pass, one warning a run.
func TestInvocationsWarn(t *testing.T) {
	const queue = "invocations-warn"
	c, l := setup(t, queue, nil, worker.Options{
		Interceptors: []interceptor.WorkerInterceptor{limits.Interceptor(limits.Run{Invocations: 12, Warn: true})},
	})
	if err := execute(t, c, queue, manyWorkflow, 33).Get(t.Context(), nil); err != nil {
		t.Errorf("33 invocations: %v", err)
	}
	if warnings := l.about("over the limit"); len(warnings) != 1 {
		t.Errorf("%d warnings, want 1: %q", len(warnings), warnings)
	} else {
		contains(t, warnings[0], "measure", "limit 12")
	}
}

// TestReplay: limits that are lower than what has happened break no replay, and a replay logs nothing.
func TestReplay(t *testing.T) {
	const queue = "replay"
	c, _ := setup(t, queue, nil, worker.Options{})
	for _, warn := range []bool{false, true} {
		for name, run := range map[string]client.WorkflowRun{
			"manyWorkflow": execute(t, c, queue, manyWorkflow, 33),
			"sendWorkflow": execute(t, c, queue, sendWorkflow, large),
		} {
			if err := run.Get(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
			l := new(logger)
			replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
				DataConverter: limits.DataConverter(nil, limits.Payload{Warn: warn, Logger: l}),
				Interceptors:  []interceptor.WorkerInterceptor{limits.Interceptor(limits.Run{Invocations: 12, Warn: warn})},
			})
			if err != nil {
				t.Fatal(err)
			}
			replayer.RegisterWorkflow(manyWorkflow)
			replayer.RegisterWorkflow(sendWorkflow)
			history := &historypb.History{}
			for events := c.GetWorkflowHistory(t.Context(), run.GetID(), run.GetRunID(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT); events.HasNext(); {
				event, err := events.Next()
				if err != nil {
					t.Fatal(err)
				}
				history.Events = append(history.Events, event)
			}
			if err := replayer.ReplayWorkflowHistory(l, history); err != nil {
				t.Errorf("%s, warn %t: %v", name, warn, err)
			}
			if w := l.about("over the limit"); len(w) != 0 {
				t.Errorf("%s, warn %t: a replay logs %q", name, warn, w)
			}
		}
	}
}

// TestCompression: what counts is the size that the wrapped converter makes.
func TestCompression(t *testing.T) {
	compressing := converter.NewCodecDataConverter(converter.GetDefaultDataConverter(),
		converter.NewZlibCodec(converter.ZlibCodecOptions{AlwaysEncode: true}))
	text := strings.Repeat("x", large)
	if _, err := limits.DataConverter(compressing, limits.Payload{}).ToPayloads(text); err != nil {
		t.Errorf("compressed: %v", err)
	}
	if _, err := limits.DataConverter(nil, limits.Payload{}).ToPayloads(text); err == nil {
		t.Error("uncompressed 250 KB pass")
	}
	// Several arguments count together; a single value has the same limit.
	half := strings.Repeat("x", large/2)
	if _, err := limits.DataConverter(nil, limits.Payload{}).ToPayloads(half); err != nil {
		t.Errorf("125 KB: %v", err)
	}
	if _, err := limits.DataConverter(nil, limits.Payload{}).ToPayloads(half, half); err == nil {
		t.Error("twice 125 KB pass")
	}
	if _, err := limits.DataConverter(nil, limits.Payload{}).ToPayload(text); err == nil {
		t.Error("a single value of 250 KB passes")
	}
}
