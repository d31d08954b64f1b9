package mcerror_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/mediacloud/mcwflint/runtime/mcerror"
	"github.com/mediacloud/mcwflint/runtime/retry"
)

// kinds has, for each kind, how an error of it is made and how it is found.
var kinds = []struct {
	name string
	make func(format string, args ...any) error
	find func(error) error
}{
	{"McProgrammingError", mcerror.Programmingf, find[*mcerror.McProgrammingError]},
	{"McConfigurationError", mcerror.Configurationf, find[*mcerror.McConfigurationError]},
	{"McTransientError", mcerror.Transientf, find[*mcerror.McTransientError]},
	{"McPermanentError", mcerror.Permanentf, find[*mcerror.McPermanentError]},
}

func find[T error](err error) error {
	if e, ok := errors.AsType[T](err); ok {
		return e
	}
	return nil
}

// TestKinds holds every kind to every kind's search, on this side of the wire and on the other.
func TestKinds(t *testing.T) {
	c := mcerror.FailureConverter(nil)
	for _, made := range kinds {
		err := made.make("no story %d: %w", 7, fs.ErrNotExist)
		if got, want := err.Error(), "no story 7: file does not exist"; got != want {
			t.Errorf("%s says %q, want %q", made.name, got, want)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s has lost its cause", made.name)
		}
		received := c.FailureToError(c.ErrorToFailure(err))
		if got, want := received.Error(), err.Error(); got != want {
			t.Errorf("%s says %q after the wire, want %q", made.name, got, want)
		}
		for _, sought := range kinds {
			for side, err := range map[string]error{"sender": err, "wrapped": fmt.Errorf("x: %w", err), "receiver": received} {
				if found := sought.find(err) != nil; found != (made.name == sought.name) {
					t.Errorf("%s: found %s in %s: %t", side, sought.name, made.name, found)
				}
			}
		}
		if app, ok := errors.AsType[*temporal.ApplicationError](received); !ok || app.Type() != made.name {
			t.Errorf("%s: the receiver finds the SDK's error %v, want one of that type", made.name, app)
		}
	}
}

// TestDefaultConverter: programs without our converter, and in other languages, see the name.
func TestDefaultConverter(t *testing.T) {
	for _, kind := range kinds {
		failure := temporal.GetDefaultFailureConverter().ErrorToFailure(kind.make("no story: %w", fs.ErrNotExist))
		if got := failure.GetApplicationFailureInfo().GetType(); got != kind.name {
			t.Errorf("%s is sent as %q", kind.name, got)
		}
		if got := failure.GetMessage(); got != "no story: file does not exist" {
			t.Errorf("%s is sent with the message %q", kind.name, got)
		}
		if got := failure.GetCause().GetMessage(); got != "file does not exist" {
			t.Errorf("%s is sent with the cause %q", kind.name, got)
		}
		if failure.GetCause().GetCause() != nil {
			t.Errorf("%s is sent with a cause of its cause", kind.name)
		}
	}
}

// TestWrapped: the type on the wire decides about retries, so a wrapped error must have the one that it wraps.
func TestWrapped(t *testing.T) {
	permanent := mcerror.Permanentf("no story")
	chosen := temporal.NewApplicationErrorWithCause("chosen", "Chosen", permanent)
	tests := []struct {
		err  error
		want string
	}{
		{permanent, "McPermanentError"},
		{fmt.Errorf("fetching: %w", permanent), "McPermanentError"},
		{fmt.Errorf("run: %w", fmt.Errorf("fetching: %w", permanent)), "McPermanentError"},
		{errors.Join(errors.New("closing"), permanent), "McPermanentError"},
		{mcerror.Transientf("gave up: %w", permanent), "McTransientError"},
		{chosen, "Chosen"},
		{errors.New("plain"), ""},
		{fmt.Errorf("plain: %w", fs.ErrNotExist), "wrapError"},
	}
	c := mcerror.FailureConverter(nil)
	for _, tt := range tests {
		if got := c.ErrorToFailure(tt.err).GetApplicationFailureInfo().GetType(); got != tt.want {
			t.Errorf("%q is sent as %q, want %q", tt.err, got, tt.want)
		}
	}
	if c.ErrorToFailure(nil) != nil || c.FailureToError(nil) != nil {
		t.Error("no error has become one")
	}
}

func TestSeveralCauses(t *testing.T) {
	err := mcerror.Transientf("%w and %w", fs.ErrNotExist, fs.ErrPermission)
	if !errors.Is(err, fs.ErrNotExist) || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%q has lost a cause", err)
	}
}

// TestPassedOn: what a workflow receives and returns arrives as it was, with details, stack trace and sender.
func TestPassedOn(t *testing.T) {
	app := &failurepb.Failure{
		Message:    "no story",
		Source:     "PythonSDK",
		StackTrace: "story.py:12",
		FailureInfo: &failurepb.Failure_ApplicationFailureInfo{ApplicationFailureInfo: &failurepb.ApplicationFailureInfo{
			Type: "McPermanentError", NonRetryable: true,
		}},
		Cause: &failurepb.Failure{Message: "404", Source: "PythonSDK"},
	}
	activity := &failurepb.Failure{
		Message: "activity error",
		FailureInfo: &failurepb.Failure_ActivityFailureInfo{ActivityFailureInfo: &failurepb.ActivityFailureInfo{
			ActivityType: &commonpb.ActivityType{Name: "Fetch"}, ActivityId: "5",
		}},
		Cause: app,
	}
	child := &failurepb.Failure{
		Message: "child workflow execution error",
		FailureInfo: &failurepb.Failure_ChildWorkflowExecutionFailureInfo{
			ChildWorkflowExecutionFailureInfo: &failurepb.ChildWorkflowExecutionFailureInfo{Namespace: "default"},
		},
		Cause: activity,
	}
	c := mcerror.FailureConverter(nil)
	for _, failure := range []*failurepb.Failure{app, activity, child} {
		err := c.FailureToError(proto.Clone(failure).(*failurepb.Failure))
		if find[*mcerror.McPermanentError](err) == nil {
			t.Errorf("no McPermanentError in %q", err)
		}
		if got := c.ErrorToFailure(err); !proto.Equal(got, failure) {
			t.Errorf("passed on\n%v\nwant\n%v", got, failure)
		}
	}
	err := c.FailureToError(child)
	if find[*temporal.ChildWorkflowExecutionError](err) == nil || find[*temporal.ActivityError](err) == nil {
		t.Errorf("the SDK's errors are lost in %q", err)
	}
}

// TestAttempts: the sanctioned policy retries all kinds but one, wrapped or not.
func TestAttempts(t *testing.T) {
	for _, kind := range kinds {
		for _, format := range []string{"%w", "fetching: %w"} {
			var suite testsuite.WorkflowTestSuite
			env := suite.NewTestWorkflowEnvironment()
			env.SetFailureConverter(mcerror.FailureConverter(nil))

			attempts := 0
			fetch := func(context.Context) error {
				attempts++
				if attempts == 3 {
					return nil
				}
				if format == "%w" {
					return kind.make("attempt %d", attempts)
				}
				return fmt.Errorf(format, kind.make("attempt %d", attempts))
			}
			env.RegisterActivity(fetch)
			env.ExecuteWorkflow(func(ctx workflow.Context) error {
				ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
					StartToCloseTimeout: time.Minute,
					RetryPolicy:         retry.DefaultPolicy(),
				})
				return workflow.ExecuteActivity(ctx, fetch).Get(ctx, nil)
			})

			want := 3
			if kind.name == "McPermanentError" {
				want = 1
			}
			if attempts != want {
				t.Errorf("%s in %q: %d attempts, want %d", kind.name, format, attempts, want)
			}
		}
	}
}
