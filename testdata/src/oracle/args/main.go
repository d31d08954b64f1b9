// Command args tells what the SDK does with the arguments and results of generated
// calls, in its own test environment. A test of mcwflint generates the cases and
// compares its own findings.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"
)

type (
	Str   string
	Bytes []byte
	Order struct {
		ID string
		N  int
	}
	Status   struct{ State string }
	Numbered struct{ ID int }
	Extended struct {
		Order
		Note string
	}
	Quoted struct {
		N int `json:",string"`
	}
	Lower struct {
		Id string `json:"id"`
	}
	Key struct{ v string }
)

func (k Key) MarshalText() ([]byte, error)  { return []byte(k.v), nil }
func (k *Key) UnmarshalText(d []byte) error { k.v = string(d); return nil }

var (
	_ json.Number
	_ time.Time
	_ commonpb.Payload
)

type testCase struct {
	name     string
	target   any // an activity or a workflow, to register
	workflow any
	args     int // that the target is given
}

// got holds what arrived in the running case.
var got []any

func record(args ...any) { got = append([]any{}, args...) }

func main() {
	for _, c := range cases {
		fmt.Println(c.name, verdict(c))
	}
}

func verdict(c testCase) (result string) {
	defer func() {
		if e := recover(); e != nil {
			result = "error"
		}
	}()
	got = nil
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	env := suite.NewTestWorkflowEnvironment()
	env.RegisterWorkflow(c.workflow)
	if t := reflect.TypeOf(c.target); t.NumIn() > 0 && t.In(0) == reflect.TypeFor[workflow.Context]() {
		if reflect.ValueOf(c.target).Pointer() != reflect.ValueOf(c.workflow).Pointer() {
			env.RegisterWorkflow(c.target)
		}
	} else {
		env.RegisterActivity(c.target)
	}
	env.ExecuteWorkflow(c.workflow)
	var again *workflow.ContinueAsNewError
	if err := env.GetWorkflowError(); errors.As(err, &again) {
		return "ok"
	} else if err != nil {
		return "error"
	}
	if c.args >= 0 && len(got) != c.args {
		return "lost"
	}
	for _, v := range got {
		if zero(reflect.ValueOf(v)) {
			return "lost"
		}
	}
	return "ok"
}

func zero(v reflect.Value) bool {
	for v.IsValid() && v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	return !v.IsValid() || v.IsZero()
}

// once has options that try an activity once.
func once(ctx workflow.Context) workflow.Context {
	policy := &temporal.RetryPolicy{MaximumAttempts: 1}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: policy})
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute, RetryPolicy: policy})
}

func zeroed(v any) bool { return zero(reflect.ValueOf(v)) }

type registry interface{ RegisterActivity(a any) }
