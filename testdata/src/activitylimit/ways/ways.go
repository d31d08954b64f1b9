// Package ways has loops that leave, count and begin anew in more ways than one.
package ways

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"
)

type Activities struct{}

func (a *Activities) Load(ctx context.Context, name string) error              { return nil }
func (a *Activities) Expire(ctx context.Context, name string) error            { return nil }
func (a *Activities) Done(ctx context.Context) (bool, error)                   { return true, nil }
func (a *Activities) Children(ctx context.Context, n string) ([]string, error) { return nil, nil }

var a *Activities

type In struct {
	Files []string
	N     int
	ByKey map[string]string
}

type Page struct{ Items []string }

func (a *Activities) List(ctx context.Context, tok string) (*Page, error) { return nil, nil }

// The loop only waits; the activity runs on the way out.
func WaitThenActWorkflow(ctx workflow.Context, id string) error {
	paid, timedOut := false, false
	sel := workflow.NewSelector(ctx)
	sel.AddReceive(workflow.GetSignalChannel(ctx, "paid"), func(c workflow.ReceiveChannel, more bool) { c.Receive(ctx, nil); paid = true })
	sel.AddFuture(workflow.NewTimer(ctx, time.Hour), func(f workflow.Future) { timedOut = true })
	for {
		sel.Select(ctx)
		if timedOut {
			return workflow.ExecuteActivity(ctx, a.Expire, id).Get(ctx, nil)
		}
		if paid {
			return workflow.ExecuteActivity(ctx, a.Load, id).Get(ctx, nil)
		}
	}
}

// The same with Receive.
func ReceiveWorkflow(ctx workflow.Context, id string) error {
	ch := workflow.GetSignalChannel(ctx, "cmd")
	total := 0
	for {
		var cmd string
		ch.Receive(ctx, &cmd)
		switch cmd {
		case "add":
			total++
		case "finish":
			if err := workflow.ExecuteActivity(ctx, a.Load, id).Get(ctx, nil); err != nil {
				return err
			}
			return nil
		}
	}
}

// Exponential counter.
func DoublingWorkflow(ctx workflow.Context) error {
	for wait := 1; wait <= 64; wait *= 2 {
		var done bool
		if err := workflow.ExecuteActivity(ctx, a.Done).Get(ctx, &done); err != nil || done {
			return err
		}
		_ = workflow.Sleep(ctx, time.Duration(wait)*time.Minute)
	}
	return errors.New("never done")
}

// Deadline inside the loop.
func DeadlineInsideWorkflow(ctx workflow.Context) error {
	deadline := workflow.Now(ctx).Add(time.Hour)
	for {
		var done bool
		if err := workflow.ExecuteActivity(ctx, a.Done).Get(ctx, &done); err != nil || done {
			return err
		}
		if workflow.Now(ctx).After(deadline) {
			return errors.New("timed out")
		}
		_ = workflow.Sleep(ctx, time.Minute)
	}
}

// Body leaves always.
func OnceWorkflow(ctx workflow.Context) error {
	for {
		sel := workflow.NewSelector(ctx)
		sel.Select(ctx)
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		break
	}
	return nil
}

// Countdown with a step.
func DownWorkflow(ctx workflow.Context) error {
	for left := 3000; left > 0; left -= 100 {
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// Waiting with compensation on error.
func CompensateWorkflow(ctx workflow.Context, id string) error {
	ch := workflow.GetSignalChannel(ctx, "step")
	for {
		var s string
		if more := ch.Receive(ctx, &s); !more {
			_ = workflow.ExecuteActivity(ctx, a.Expire, id).Get(ctx, nil)
			return errors.New("closed")
		}
		if s == "done" {
			return nil
		}
	}
}

// Countdown from the input to zero.
func CountdownWorkflow(ctx workflow.Context, in In) error {
	remaining := in.N
	for { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		remaining--
		if remaining == 0 {
			return nil
		}
	}
}

// Consecutive failures are no bound.
func ConsecutiveWorkflow(ctx workflow.Context) error {
	failures := 0
	for { // want `loop without a bound`
		err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil)
		if err != nil {
			failures++
			if failures >= 5 {
				return err
			}
		} else {
			failures = 0
		}
		_ = workflow.Sleep(ctx, time.Minute)
	}
}

// Nested retry loop with a way out of the inner.
func NestedRetryWorkflow(ctx workflow.Context) error {
	for { // want `loop without a bound`
		for attempt := 0; ; attempt++ {
			err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil)
			if err == nil || attempt >= 3 {
				break
			}
		}
		_ = workflow.Sleep(ctx, time.Hour)
	}
}

// Resp := &Page{} or new(Page).
func NewWorkflow(ctx workflow.Context) error {
	resp := &Page{}
	if err := workflow.ExecuteActivity(ctx, a.List, "").Get(ctx, resp); err != nil {
		return err
	}
	for _, it := range resp.Items { // want `loop without a bound`
		workflow.ExecuteActivity(ctx, a.Load, it)
	}
	return nil
}

// Grouping in a map.
func GroupWorkflow(ctx workflow.Context, in In) error {
	groups := make(map[string][]string)
	for _, f := range in.Files {
		groups[f[:1]] = append(groups[f[:1]], f)
	}
	for k := range groups { // want `loop without a bound`
		workflow.ExecuteActivity(ctx, a.Load, k)
	}
	return nil
}

// Dedup into a set, sorted keys.
func DedupWorkflow(ctx workflow.Context, in In) error {
	seen := map[string]bool{}
	var unique []string
	for _, f := range in.Files {
		if !seen[f] {
			seen[f] = true
			unique = append(unique, f)
		}
	}
	for _, f := range unique { // want `loop without a bound`
		workflow.ExecuteActivity(ctx, a.Load, f)
	}
	return nil
}

// Crawl, a queue that grows by results.
func CrawlWorkflow(ctx workflow.Context, root string) error {
	queue := []string{root}
	for len(queue) > 0 { // want `loop without a bound`
		next := queue[0]
		queue = queue[1:]
		var kids []string
		if err := workflow.ExecuteActivity(ctx, a.Children, next).Get(ctx, &kids); err != nil {
			return err
		}
		queue = append(queue, kids...)
	}
	return nil
}

// Retry loop's give-up on errors in an endless consumer, for input with per-item attempts.
func PerItemWorkflow(ctx workflow.Context) error {
	ch := workflow.GetSignalChannel(ctx, "x")
	for { // want `loop without a bound`
		var s string
		ch.Receive(ctx, &s)
		for attempt := 1; attempt <= 5; attempt++ {
			if err := workflow.ExecuteActivity(ctx, a.Load, s).Get(ctx, nil); err == nil {
				break
			} else if attempt == 5 {
				return err
			}
		}
	}
}

// As M29, with attempts counted in the inner body.
func PerItemInBodyWorkflow(ctx workflow.Context, in In) error {
	for _, f := range in.Files { // want `loop without a bound`
		attempt := 0
		for {
			err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil)
			if err == nil {
				break
			}
			attempt++
			if attempt >= 3 {
				break
			}
		}
	}
	return nil
}

// The length of the history is only logged.
func LogsHistoryWorkflow(ctx workflow.Context) error {
	for { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		workflow.GetLogger(ctx).Info("tick", "history", workflow.GetInfo(ctx).GetCurrentHistoryLength())
	}
}

// A warning, no way out.
func WarnsWorkflow(ctx workflow.Context) error {
	for { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
		if workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			workflow.GetLogger(ctx).Warn("history is long")
		}
	}
}

// Error counters that are not reset: bounded.
func TotalFailuresWorkflow(ctx workflow.Context) error {
	failures := 0
	for {
		var done bool
		err := workflow.ExecuteActivity(ctx, a.Done).Get(ctx, &done)
		if err == nil && done {
			return nil
		}
		failures++
		if failures > 5 {
			return errors.New("x")
		}
	}
}

// Successes are unlimited.
func OnlyFailuresCountWorkflow(ctx workflow.Context) error {
	failures := 0
	for { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			failures++
			if failures > 5 {
				return err
			}
		}
		_ = workflow.Sleep(ctx, time.Minute)
	}
}

// Batch boundaries: every 100 it sleeps, and the inner break leaves a switch only.
func SwitchBreakWorkflow(ctx workflow.Context, in In) error {
	for i, f := range in.Files { // want `loop without a bound`
		switch {
		case f == "":
			if i > 10 {
				break
			}
		}
		workflow.ExecuteActivity(ctx, a.Load, f)
	}
	return nil
}

// Flush at a count: break of an inner loop that collects.
func CollectWorkflow(ctx workflow.Context) error {
	ch := workflow.GetSignalChannel(ctx, "x")
	for { // want `loop without a bound`
		var batch []string
		n := 0
		for {
			var s string
			ch.Receive(ctx, &s)
			batch = append(batch, s)
			n++
			if n >= 50 {
				break
			}
		}
		if err := workflow.ExecuteActivity(ctx, a.Load, batch[0]).Get(ctx, nil); err != nil {
			return err
		}
	}
}

func FuncVarWorkflow(ctx workflow.Context, in In) error {
	load := loadOne
	for _, f := range in.Files { // want `loop without a bound`
		if err := load(ctx, f); err != nil {
			return err
		}
	}
	return nil
}

// A function in a variable.
func loadOne(ctx workflow.Context, f string) error {
	return workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil)
}

// Branches with continue in a constant loop: at most 800.
func ContinueWorkflow(ctx workflow.Context, odd bool) error {
	for i := range 800 {
		if odd {
			workflow.ExecuteActivity(ctx, "Mail", i)
			continue
		}
		workflow.ExecuteActivity(ctx, "Bill", i)
	}
	return nil
}

// LabelWorkflow leaves its first loop from within a switch.
func LabelWorkflow(ctx workflow.Context, in In) error {
	ch := workflow.GetSignalChannel(ctx, "cmd")
wait:
	for {
		var cmd string
		ch.Receive(ctx, &cmd)
		switch cmd {
		case "go":
			break wait
		}
	}
	for _, f := range in.Files { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// OuterLabelWorkflow goes on with its outer loop from the inner one.
func OuterLabelWorkflow(ctx workflow.Context) error {
outer:
	for { // want `loop without a bound`
		for {
			if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err == nil {
				continue outer
			}
			if err := workflow.Sleep(ctx, time.Minute); err != nil {
				break outer
			}
		}
	}
	return workflow.ExecuteActivity(ctx, a.Expire, "x").Get(ctx, nil)
}

// OuterBreakWorkflow runs one activity behind its loops.
func OuterBreakWorkflow(ctx workflow.Context, in In) error {
	ch := workflow.GetSignalChannel(ctx, "cmd")
outer:
	for {
		for {
			var cmd string
			if ch.Receive(ctx, &cmd); cmd == "stop" {
				break outer
			}
		}
	}
	for _, f := range in.Files { // want `loop without a bound`
		if err := workflow.ExecuteActivity(ctx, a.Load, f).Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// A label of a switch is no label of the loop in it, and leaving the switch is not leaving the workflow.
func LabeledSwitchWorkflow(ctx workflow.Context, in In) error {
	for range 600 { // want `up to 1200 activities in one run`
	choose:
		switch {
		case in.N > 0:
			if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
				break choose
			}
			if err := workflow.ExecuteActivity(ctx, a.Load, "y").Get(ctx, nil); err != nil {
				break choose
			}
		}
	}
	return nil
}

// The counter has its last value when the loop begins.
func CountDownWorkflow(ctx workflow.Context, in In) error {
	n := 0
	n = 2000
	for ; n > 0; n-- { // want `up to 2000 activities in one run`
		if err := workflow.ExecuteActivity(ctx, a.Load, "x").Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}
