// Package unbounded has workflows that run any number of activities.
package unbounded

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

type Activities struct{}

func (*Activities) List(ctx context.Context, page int) (Page, error)   { return Page{}, nil }
func (*Activities) Load(ctx context.Context, name string) error        { return nil }
func (*Activities) Done(ctx context.Context) (bool, error)             { return true, nil }
func (*Activities) Names(ctx context.Context) ([]string, error)        { return nil, nil }
func (*Activities) Count(ctx context.Context) (int, error)             { return 0, nil }
func (*Activities) ByName(ctx context.Context) (map[string]int, error) { return nil, nil }

type Page struct {
	Items   []string
	HasMore bool
}

type Import struct {
	Files []string
	Times int
}

var a *Activities

func Forever(ctx workflow.Context) error {
	for { // want `^loop without a bound around workflow.ExecuteActivity at unbounded.go:\d+: the history of a workflow that never continues as new grows until the server ends it; give batches to child workflows, or continue as new$`
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		if err := workflow.Sleep(ctx, time.Hour); err != nil {
			return err
		}
	}
}

func Pages(ctx workflow.Context) error {
	hasMore := true
	for n := 0; hasMore; n++ { // want `loop without a bound around workflow.ExecuteActivity`
		var page Page
		if err := workflow.ExecuteActivity(ctx, a.List, n).Get(ctx, &page); err != nil {
			return err
		}
		hasMore = page.HasMore
	}
	return nil
}

func Input(ctx workflow.Context, in Import) error {
	for _, file := range in.Files { // want `loop without a bound around workflow.ExecuteActivity`
		if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func InputTimes(ctx workflow.Context, in Import) error {
	for range in.Times { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func InputLen(ctx workflow.Context, files []string) error {
	for i := 0; i < len(files); i++ { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, files[i]).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func Result(ctx workflow.Context) error {
	var names []string
	if err := workflow.ExecuteActivity(ctx, a.Names).Get(ctx, &names); err != nil {
		return err
	}
	for _, name := range names { // want `loop without a bound`
		if err := workflow.ExecuteLocalActivity(ctx, a.Load, name).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func ResultMap(ctx workflow.Context) error {
	var byName map[string]int
	if err := workflow.ExecuteActivity(ctx, a.ByName).Get(ctx, &byName); err != nil {
		return err
	}
	for name := range byName { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, name).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func Children(ctx workflow.Context, in Import) error {
	for _, file := range in.Files { // want `loop without a bound around workflow.ExecuteChildWorkflow`
		if err := workflow.ExecuteChildWorkflow(ctx, Input, Import{Files: []string{file}}).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Nested: one report, at the outermost.
func Nested(ctx workflow.Context) error {
	for { // want `loop without a bound`
		var page Page
		if err := workflow.ExecuteActivity(ctx, a.List, 1).Get(ctx, &page); err != nil {
			return err
		}
		for _, item := range page.Items {
			if err := workflow.ExecuteActivity(ctx, a.Load, item).Get(ctx, nil); err != nil {
				return err
			}
		}
		if !page.HasMore {
			return nil
		}
	}
}

// An unknown number of times in a loop of three is an unknown number.
func UnknownInConstant(ctx workflow.Context, in Import) error {
	for range 3 {
		for _, file := range in.Files { // want `loop without a bound`
			if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func Coroutines(ctx workflow.Context, in Import) error {
	wg := workflow.NewWaitGroup(ctx)
	for _, file := range in.Files { // want `loop without a bound`
		wg.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer wg.Done()
			_ = workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil)
		})
	}
	wg.Wait(ctx)
	return nil
}

func Poll(ctx workflow.Context) error {
	for { // want `loop without a bound`
		var done bool
		if err := workflow.ExecuteActivity(ctx, a.Done).Get(ctx, &done); err != nil {
			return err
		}
		if done {
			return nil
		}
		_ = workflow.Sleep(ctx, time.Minute)
	}
}

// A signal may come any number of times.
func Signals(ctx workflow.Context) error {
	ch := workflow.GetSignalChannel(ctx, "file")
	for { // want `loop without a bound`
		var name string
		ch.Receive(ctx, &name)
		if name == "" {
			return nil
		}
		if err := workflow.ExecuteActivity(ctx, a.Load, name).Get(ctx, nil); err != nil {
			return err
		}
	}
}

// The callback runs the activity; the loop only selects.
func SelectorOutside(ctx workflow.Context) error {
	done := false
	selector := workflow.NewSelector(ctx)
	selector.AddReceive(workflow.GetSignalChannel(ctx, "file"), func(c workflow.ReceiveChannel, more bool) {
		var name string
		c.Receive(ctx, &name)
		_ = workflow.ExecuteActivity(ctx, a.Load, name).Get(ctx, nil)
	})
	for !done { // want `loop without a bound`
		selector.Select(ctx)
	}
	return nil
}

func SelectorInside(ctx workflow.Context) error {
	for { // want `loop without a bound`
		workflow.NewSelector(ctx).
			AddFuture(workflow.NewTimer(ctx, time.Hour), func(f workflow.Future) {
				_ = workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil)
			}).
			Select(ctx)
	}
}

func Deferred(ctx workflow.Context, in Import) error {
	for range in.Files { // want `loop without a bound`
		func() {
			defer func() {
				_ = workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil)
			}()
		}()
	}
	return nil
}

func HeldClosure(ctx workflow.Context, in Import) error {
	load := func(file string) error {
		return workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil)
	}
	for _, file := range in.Files { // want `loop without a bound`
		if err := load(file); err != nil {
			return err
		}
	}
	return nil
}

func UpdateHandler(ctx workflow.Context) error {
	err := workflow.SetUpdateHandler(ctx, "load", func(ctx workflow.Context, files []string) error {
		for _, file := range files { // want `loop without a bound`
			if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	workflow.GetSignalChannel(ctx, "stop").Receive(ctx, nil)
	return nil
}

func each(ctx workflow.Context, files []string) {
	for _, file := range files {
		workflow.ExecuteActivity(ctx, a.Load, file)
	}
}

// The inner loop is the helper's, and what it is given is not known; the outer has
// no bound.
func HelperWithLoop(ctx workflow.Context, in Import, files []string) error {
	for range in.Times { // want `loop without a bound`
		workflow.Go(ctx, func(ctx workflow.Context) { each(ctx, files) })
	}
	return nil
}

type state struct {
	names []string
	next  int
}

// What a field was filled with is what bounds the loop.
func Fields(ctx workflow.Context) error {
	s := &state{}
	if err := workflow.ExecuteActivity(ctx, a.Names).Get(ctx, &s.names); err != nil {
		return err
	}
	return s.run(ctx)
}

func (s *state) run(ctx workflow.Context) error {
	for s.next < len(s.names) { // want `loop without a bound around workflow.ExecuteActivity at unbounded.go:\d+: .* \(Fields -> state.run\)`
		if err := workflow.ExecuteActivity(ctx, a.Load, s.names[s.next]).Get(ctx, nil); err != nil {
			return err
		}
		s.next++
	}
	return nil
}

func Batches(ctx workflow.Context, in Import) error {
	for i := 0; i < len(in.Files); i += 100 { // want `loop without a bound`
		for _, file := range in.Files[i:min(i+100, len(in.Files))] {
			workflow.ExecuteActivity(ctx, a.Load, file)
		}
	}
	return nil
}

func Collected(ctx workflow.Context, in Import) error {
	var todo []string
	for _, file := range in.Files {
		if file != "" {
			todo = append(todo, file)
		}
	}
	for _, file := range todo { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// A check that does not leave bounds nothing.
func OnlyLogs(ctx workflow.Context, in Import) error {
	if len(in.Files) > 100 {
		workflow.GetLogger(ctx).Info("many files")
	}
	for _, file := range in.Files { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// The error of another workflow's continuing as new is no continuing as new.
func Mentions(ctx workflow.Context, in Import) error {
	for _, file := range in.Files { // want `loop without a bound`
		err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil)
		var can *workflow.ContinueAsNewError
		if errors.As(err, &can) {
			return err
		}
	}
	return nil
}

func Register(w worker.Worker) {
	for _, f := range []any{Forever, Pages, Input, InputTimes, InputLen, Result, ResultMap, Children, Nested, UnknownInConstant,
		Coroutines, Poll, Signals, SelectorOutside, SelectorInside, Deferred, HeldClosure, UpdateHandler, Fields, Batches,
		Collected, OnlyLogs, Mentions, HelperWithLoop} {
		w.RegisterWorkflow(f)
	}
	w.RegisterWorkflow(func(ctx workflow.Context, files []string) error {
		for _, file := range files { // want `loop without a bound`
			if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
				return err
			}
		}
		return nil
	})
	w.RegisterActivity(&Activities{})
}

// What is checked is not what is looped over, or is checked for nothing but that it is there.
func (o Orders) check() error {
	if len(o.IDs) == 0 || len(o.IDs) > 0 && o.IDs[0] == "" {
		return errors.New("no orders")
	}
	return nil
}

type Orders struct{ IDs []string }

func UncheckedWorkflow(ctx workflow.Context, orders Orders) error {
	if err := orders.check(); err != nil {
		return err
	}
	for _, id := range orders.IDs { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, id).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Shortened too late.
func LateWorkflow(ctx workflow.Context, ids []string) error {
	for _, id := range ids { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, id).Get(ctx, nil); err != nil {
			return err
		}
	}
	ids = ids[:10]
	return workflow.ExecuteActivity(ctx, a.Load, ids[0]).Get(ctx, nil)
}
