// Package clean has loops that are bounded, or run no activity.
package clean

import (
	"context"
	"errors"
	"slices"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func Load(ctx context.Context, name string) error { return nil }

func Names(ctx context.Context) ([]string, error) { return nil, nil }

type Import struct {
	Files []string
	Limit int
}

const perRun = 500

func Exactly(ctx workflow.Context) error {
	for i := 0; i < 1000; i++ {
		workflow.ExecuteActivity(ctx, Load, "x")
	}
	return nil
}

func Attempts(ctx workflow.Context) error {
	maxAttempts := 5
	var err error
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		if err = workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil); err == nil {
			return nil
		}
	}
	return err
}

func AttemptsInside(ctx workflow.Context) error {
	attempt := 0
	for {
		err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil)
		if err == nil {
			return nil
		}
		attempt++
		if attempt >= 10 {
			return err
		}
	}
}

func AttemptsBehind(ctx workflow.Context) error {
	for attempt := 0; ; attempt++ {
		err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil)
		if err == nil || attempt >= 10 {
			return err
		}
	}
}

// limit is not known, and a limit.
func (c *config) AttemptsFromConfig(ctx workflow.Context) error {
	attempt := 0
	for {
		attempt++
		err := workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil)
		if err == nil || c.limit <= attempt {
			return err
		}
	}
}

// Compensations are as many as there were steps.
type compensations []string

func (cs compensations) run(ctx workflow.Context) {
	for i := len(cs) - 1; i >= 0; i-- {
		workflow.ExecuteActivity(ctx, Load, cs[i])
	}
}

func Saga(ctx workflow.Context) error {
	var cs compensations
	defer func() { cs.run(ctx) }()
	cs = append(cs, "refund")
	return workflow.ExecuteActivity(ctx, Load, "charge").Get(ctx, nil)
}

func CheckedBefore(ctx workflow.Context, in Import) error {
	if len(in.Files) > perRun {
		return errors.New("too many files")
	}
	for _, file := range in.Files {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

func Clamped(ctx workflow.Context, in Import) error {
	files := in.Files
	if len(files) > perRun {
		files = files[:perRun]
	}
	for _, file := range files {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

func Sliced(ctx workflow.Context, in Import) error {
	for _, file := range in.Files[:min(len(in.Files), perRun)] {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

func Minimum(ctx workflow.Context, in Import) error {
	n := min(in.Limit, perRun)
	for range n {
		workflow.ExecuteActivity(ctx, Load, "x")
	}
	return nil
}

func LeavesAtIndex(ctx workflow.Context, in Import) error {
	for i, file := range in.Files {
		if i >= perRun {
			break
		}
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

func Literal(ctx workflow.Context) error {
	for _, file := range []string{"a", "b", "c"} {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

var steps = []string{"reserve", "charge", "ship"}

func PackageVariable(ctx workflow.Context) error {
	for _, step := range steps {
		workflow.ExecuteActivity(ctx, Load, step)
	}
	return nil
}

func LiteralMap(ctx workflow.Context) error {
	files := map[string]int{"a": 1, "b": 2}
	for file := range files {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

func defaults() []string { return []string{"a", "b"} }

func FromFunction(ctx workflow.Context) error {
	for _, file := range defaults() {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	for _, file := range slices.Sorted(slices.Values(defaults())) {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

func Deadline(ctx workflow.Context) error {
	deadline := workflow.Now(ctx).Add(time.Hour)
	for workflow.Now(ctx).Before(deadline) {
		workflow.ExecuteActivity(ctx, Load, "x")
		_ = workflow.Sleep(ctx, 5*time.Minute)
	}
	return nil
}

// OnlyWaits: the history grows, and no activity runs.
func OnlyWaits(ctx workflow.Context) error {
	ch := workflow.GetSignalChannel(ctx, "done")
	selector := workflow.NewSelector(ctx)
	done := false
	selector.AddReceive(ch, func(c workflow.ReceiveChannel, more bool) { c.Receive(ctx, &done) })
	for !done {
		selector.Select(ctx)
	}
	for range 10 {
		_ = workflow.Sleep(ctx, time.Minute)
	}
	return workflow.ExecuteActivity(ctx, Load, "x").Get(ctx, nil)
}

func DataLoop(ctx workflow.Context, in Import) error {
	var names []string
	if err := workflow.ExecuteActivity(ctx, Names).Get(ctx, &names); err != nil {
		return err
	}
	total := 0
	for _, name := range names {
		total += len(name)
	}
	return nil
}

// The futures are started elsewhere; getting a result runs nothing.
func Gets(ctx workflow.Context) error {
	futures := []workflow.Future{workflow.ExecuteActivity(ctx, Load, "a"), workflow.ExecuteActivity(ctx, Load, "b")}
	for _, f := range futures {
		if err := f.Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// The larger branch counts, not both.
func Branches(ctx workflow.Context, in Import) error {
	if in.Limit > 10 {
		for range 600 {
			workflow.ExecuteActivity(ctx, Load, "x")
		}
	} else {
		for range 600 {
			workflow.ExecuteLocalActivity(ctx, Load, "x")
		}
	}
	return nil
}

func Cases(ctx workflow.Context, in Import) error {
	switch in.Limit {
	case 1:
		for range 600 {
			workflow.ExecuteActivity(ctx, Load, "x")
		}
		return nil
	case 2:
		for range 700 {
			workflow.ExecuteActivity(ctx, Load, "x")
		}
	}
	return nil
}

func EarlyReturn(ctx workflow.Context, in Import) error {
	if in.Limit == 0 {
		for range 600 {
			workflow.ExecuteActivity(ctx, Load, "x")
		}
		return nil
	}
	for range 600 {
		workflow.ExecuteActivity(ctx, Load, "y")
	}
	return nil
}

// helper is given a number that nothing here knows.
func helper(ctx workflow.Context, n int) {
	for range n {
		workflow.ExecuteActivity(ctx, Load, "x")
	}
}

func UnknownArgument(ctx workflow.Context, in Import) error {
	helper(ctx, in.Limit)
	return nil
}

func SmallArgument(ctx workflow.Context) error {
	helper(ctx, 10)
	return nil
}

func all(ctx workflow.Context, files []string) {
	for _, file := range files {
		workflow.ExecuteActivity(ctx, Load, file)
	}
}

func BoundedArgument(ctx workflow.Context, in Import) error {
	all(ctx, in.Files[:100])
	all(ctx, []string{"a", "b"})
	if len(in.Files) > perRun {
		return nil
	}
	all(ctx, in.Files)
	return nil
}

type config struct {
	steps []string
	limit int
}

// No workflow fills the field: it is configuration.
func (c *config) Configured(ctx workflow.Context) error {
	for _, step := range c.steps {
		workflow.ExecuteActivity(ctx, Load, step)
	}
	return nil
}

// One of many, in a client: no workflow code.
func Start(ctx context.Context, c client.Client, files []string) error {
	for _, file := range files {
		if _, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{}, Exactly, file); err != nil { //nolint:all
			return err
		}
	}
	return nil
}

// A loop inside an activity.
func Page(ctx context.Context) error {
	for {
		if err := Load(ctx, "x"); err != nil {
			return err
		}
	}
}

// notAWorkflow looks like one and is neither registered nor executed.
func NotRegistered(ctx workflow.Context, files []string) error {
	for _, file := range files {
		workflow.ExecuteActivity(ctx, Load, file)
	}
	return nil
}

func Register(w worker.Worker) {
	for _, f := range []any{Exactly, Attempts, AttemptsInside, CheckedBefore, Clamped, Sliced, Minimum, LeavesAtIndex, Literal,
		PackageVariable, LiteralMap, FromFunction, Deadline, OnlyWaits, DataLoop, Gets, Branches, Cases, EarlyReturn,
		UnknownArgument, SmallArgument, BoundedArgument, (&config{}).Configured, (&config{}).AttemptsFromConfig, AttemptsBehind, Saga} {
		w.RegisterWorkflow(f)
	}
	w.RegisterActivity(Load)
	w.RegisterActivity(Names)
	w.RegisterActivity(Page)
}

// RetryWorkflow turns again only if the activity asks for it.
func RetryWorkflow(ctx workflow.Context) error {
	for retry := true; retry; {
		retry = false
		var again bool
		if err := workflow.ExecuteActivity(ctx, "Charge").Get(ctx, &again); err != nil {
			return err
		}
		if again {
			retry = true
		}
	}
	done := false
	for !done {
		done = true
		if err := workflow.ExecuteActivity(ctx, "Ship").Get(ctx, nil); err != nil {
			done = false
		}
	}
	return nil
}
