package batches_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"github.com/mediacloud/mcwflint/runtime/batches"
)

// Sum is a child: it takes a while, and refuses negative numbers.
func Sum(ctx workflow.Context, numbers []int) (int, error) {
	if err := workflow.Sleep(ctx, time.Minute); err != nil {
		return 0, err
	}
	sum := 0
	for _, n := range numbers {
		if n < 0 {
			return 0, errors.New("negative")
		}
		sum += n
	}
	return sum, nil
}

type result struct {
	Sums  []int
	Error string
	Took  time.Duration
}

func parent(ctx workflow.Context, numbers []int, options batches.Options) (result, error) {
	start := workflow.Now(ctx)
	sums, err := batches.Run(ctx, Sum, numbers, options)
	r := result{Sums: sums, Took: workflow.Now(ctx).Sub(start)}
	if err != nil {
		r.Error = err.Error()
	}
	return r, nil
}

func run(t *testing.T, numbers []int, options batches.Options) result {
	t.Helper()
	env := new(testsuite.WorkflowTestSuite).NewTestWorkflowEnvironment()
	env.RegisterWorkflow(Sum)
	env.RegisterWorkflow(parent)
	env.ExecuteWorkflow(parent, numbers, options)
	var r result
	if err := errors.Join(env.GetWorkflowError(), env.GetWorkflowResult(&r)); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRun(t *testing.T) {
	// Four batches, two at a time: two minutes.
	r := run(t, []int{1, 2, 3, 4, 5, 6, 7}, batches.Options{Size: 2, Parallel: 2})
	if !slices.Equal(r.Sums, []int{3, 7, 11, 7}) || r.Error != "" || r.Took != 2*time.Minute {
		t.Errorf("%+v", r)
	}
	if r := run(t, nil, batches.Options{}); len(r.Sums) != 0 || r.Error != "" {
		t.Errorf("no inputs: %+v", r)
	}
	// The failure keeps the third batch from being started.
	r = run(t, []int{1, -1, 1, 1}, batches.Options{Size: 1, Parallel: 1})
	if !strings.HasPrefix(r.Error, "batch 2 of 4: ") || !strings.Contains(r.Error, "negative") || r.Took != 2*time.Minute || !slices.Equal(r.Sums, []int{1, 0, 0, 0}) {
		t.Errorf("%+v", r)
	}
	if r := run(t, make([]int, 1001), batches.Options{Size: 1}); !strings.Contains(r.Error, batches.ErrTooMany.Error()) {
		t.Errorf("%+v", r)
	}
}
