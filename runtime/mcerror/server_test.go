//go:build unix

package mcerror_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/internal/servers"
	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/retry"
	"github.com/mediacloud/mcwflint/runtime/workers/workertest"
)

func TestMain(m *testing.M) { servers.Main(m) }

// TestServer: on a real server the default policy gives a permanent error one attempt, wrapped or not, and the others
// more. The workflow finds the kind in the activity's error, its parent in the child's, and the client in the parent's.
func TestServer(t *testing.T) {
	tests := []struct {
		name     string
		make     func(attempt int32) error
		attempts int32
		find     func(error) error // in the end; nil if the activity succeeds
	}{
		{"permanent", func(int32) error { return mcerror.Permanentf("no story") }, 1, find[*mcerror.McPermanentError]},
		{"wrapped", func(int32) error { return fmt.Errorf("fetching: %w", mcerror.Permanentf("no story")) }, 1, find[*mcerror.McPermanentError]},
		{"transient", func(int32) error { return mcerror.Transientf("no network") }, 3, nil},
		{"transient, then permanent", func(attempt int32) error {
			if attempt == 1 {
				return mcerror.Transientf("no network")
			}
			return mcerror.Permanentf("no story")
		}, 2, find[*mcerror.McPermanentError]},
		{"programming", func(int32) error { return mcerror.Programmingf("typo") }, 3, nil},
		{"configuration", func(int32) error { return mcerror.Configurationf("no key") }, 3, nil},
		{"plain", func(int32) error { return errors.New("no idea") }, 3, nil},
	}

	c, err := client.Dial(client.Options{
		HostPort:         servers.TemporalAddress(t),
		Logger:           log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
		FailureConverter: mcerror.FailureConverter(nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	const queue = "mcerror"
	w := worker.New(c, queue, worker.Options{})
	attempts := make([]atomic.Int32, len(tests))
	activity := func(_ context.Context, i int) error {
		if n := attempts[i].Add(1); n < 3 {
			return tests[i].make(n)
		}
		return nil
	}
	child := func(ctx workflow.Context, i int) error {
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
			StartToCloseTimeout: time.Minute,
			RetryPolicy:         retry.With(func(p *temporal.RetryPolicy) { p.InitialInterval = 10 * time.Millisecond }),
		})
		err := workflow.ExecuteActivity(ctx, activity, i).Get(ctx, nil)
		if err != nil && tests[i].find(err) == nil {
			return temporal.NewNonRetryableApplicationError("not found in "+err.Error(), "Test", nil)
		}
		return err
	}
	parent := func(ctx workflow.Context, i int) error {
		err := workflow.ExecuteChildWorkflow(ctx, child, i).Get(ctx, nil)
		if err != nil && tests[i].find(err) == nil {
			return temporal.NewNonRetryableApplicationError("not found in "+err.Error(), "Test", nil)
		}
		return err
	}
	w.RegisterActivity(activity)
	w.RegisterWorkflow(child)
	w.RegisterWorkflowWithOptions(parent, workflow.RegisterOptions{Name: "parent"})
	workertest.Start(t, w)

	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{TaskQueue: queue}, "parent", i)
			if err != nil {
				t.Fatal(err)
			}
			err = run.Get(ctx, nil)
			if tt.find == nil && err != nil || tt.find != nil && tt.find(err) == nil {
				t.Errorf("the client gets %v", err)
			}
			if n := attempts[i].Load(); n != tt.attempts {
				t.Errorf("%d attempts, want %d", n, tt.attempts)
			}
		})
	}
}
