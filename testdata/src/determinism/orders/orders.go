// Package orders has orders that decide nothing, and some that do.
package orders

import (
	"maps"
	"sort"
	"strings"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"example.com/corpus/determinism/orders/metrics"
)

type flows struct {
	w metrics.Writer
	s metrics.Sender
}

var all = flows{w: metrics.New(nil), s: metrics.NewSender()}

// CountWorkflow gives tags to what runs once, SendWorkflow to what is replayed.
func CountWorkflow(ctx workflow.Context, in map[string]string) error {
	all.w.Incr(ctx, "started", metrics.Tags(in)...)
	all.count(ctx, metrics.Tags(in))
	return nil
}

func SendWorkflow(ctx workflow.Context, in map[string]string) error {
	all.s.Send(ctx, metrics.Tags(in)...) // want `the result of metrics.Tags decides what all.s.Send is given`
	all.send(ctx, metrics.Tags(in))      // want `the result of metrics.Tags decides what all.send is given`
	return nil
}

func (f *flows) count(ctx workflow.Context, tags []string) { f.w.Incr(ctx, "counted", tags...) }

func (f *flows) send(ctx workflow.Context, tags []string) { f.s.Send(ctx, tags...) }

// EachWorkflow counts in the order of a map: each count is a record.
func EachWorkflow(ctx workflow.Context, in map[string]string) error {
	for k := range in { // want `range over in decides the order in which all.w.Incr is called`
		all.w.Incr(ctx, k)
	}
	return nil
}

// AttributesWorkflow sets attributes, which are a set.
func AttributesWorkflow(ctx workflow.Context, in map[string]string) error {
	var updates []temporal.SearchAttributeUpdate
	for k, v := range in {
		updates = append(updates, temporal.NewSearchAttributeKeyKeyword(k).ValueSet(v))
	}
	return workflow.UpsertTypedSearchAttributes(ctx, updates...)
}

// ReverseWorkflow and MethodWorkflow sort.
func ReverseWorkflow(ctx workflow.Context, in map[string]int) error {
	var keys []string
	for k := range in {
		keys = append(keys, k)
	}
	sort.Sort(sort.Reverse(sort.StringSlice(keys)))
	return workflow.ExecuteActivity(ctx, "Keys", keys).Get(ctx, nil)
}

func MethodWorkflow(ctx workflow.Context, in map[string]int) error {
	var keys []string
	for k := range in {
		keys = append(keys, k)
	}
	sort.StringSlice(keys).Sort()
	return workflow.ExecuteActivity(ctx, "Keys", keys).Get(ctx, nil)
}

// StopWorkflow cancels timers in the order of a map.
func StopWorkflow(ctx workflow.Context, names []string) error {
	cancels := make(map[string]workflow.CancelFunc)
	for _, name := range names {
		timer, cancel := workflow.WithCancel(ctx)
		cancels[name] = cancel
		workflow.NewTimer(timer, time.Hour)
	}
	if err := workflow.Sleep(ctx, time.Second); err != nil {
		return err
	}
	for _, cancel := range cancels { // want `range over cancels decides the order in which cancel is called`
		cancel()
	}
	return nil
}

// PickWorkflow decides two things by one range, which is one mend.
func PickWorkflow(ctx workflow.Context, m map[string]int) (string, error) {
	last := ""
	for k, n := range m { // want `range over m decides`
		if n > 1 {
			last = k
		}
	}
	return last, workflow.ExecuteActivity(ctx, "Keys", last).Get(ctx, nil)
}

type recorder interface {
	record(ctx workflow.Context, tags []string)
}

type sideEffects struct{}

func (sideEffects) record(ctx workflow.Context, tags []string) {
	workflow.SideEffect(ctx, func(workflow.Context) any { return tags })
}

type maker interface{ make() string }

type unordered struct{}

func (unordered) make() (text string) {
	for k := range map[string]int{"a": 1, "b": 2} {
		text += k
	}
	return text
}

// MakeWorkflow asks interfaces of this package, one for commands and one for an order.
func MakeWorkflow(ctx workflow.Context, in map[string]string) error {
	r := struct{ recorder }{sideEffects{}}
	r.recorder.record(ctx, metrics.Tags(in))
	h := struct{ maker }{unordered{}}
	return workflow.ExecuteActivity(ctx, "A"+h.maker.make()).Get(ctx, nil) // want `the result of h.maker.make decides`
}

// Text keeps its order however it is trimmed.
func trimmed(in map[string]string) string {
	var b strings.Builder
	for k, v := range maps.All(in) {
		b.WriteString(k + "=" + v + " ")
	}
	return strings.TrimSpace(b.String())
}

func TrimmedWorkflow(ctx workflow.Context, in map[string]string) error {
	return workflow.ExecuteActivity(ctx, "Note", trimmed(in)).Get(ctx, nil) // want `the result of trimmed decides what workflow.ExecuteActivity is given`
}

// A sum of floating-point numbers has the order that they were added in.
func mean(scores map[string]float64) float64 {
	sum := 0.0
	for _, s := range scores {
		sum += s
	}
	return sum / float64(max(len(scores), 1))
}

func MeanWorkflow(ctx workflow.Context, scores map[string]float64) error {
	if mean(scores) > 2 { // want `the result of mean decides what mean\(scores\) > 2 is`
		return workflow.Sleep(ctx, time.Hour)
	}
	if m := mean(scores); m < 1 && len(scores) > 3 { // want `the result of mean decides what m < 1 is`
		return workflow.Sleep(ctx, time.Minute)
	}
	if mean(scores) > 3 {
		workflow.GetLogger(ctx).Info("high")
	}
	return nil
}

func total(counts map[string]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}

func TotalWorkflow(ctx workflow.Context, counts map[string]int) error {
	if total(counts) > 2 {
		return workflow.Sleep(ctx, time.Hour)
	}
	return nil
}

var next = map[string]map[string]bool{"new": {"open": true}}

// OnlyWorkflow goes on where there is one way.
func OnlyWorkflow(ctx workflow.Context, state string) (string, error) {
	if len(next[state]) != 1 {
		return state, nil
	}
	for to := range next[state] {
		return to, nil
	}
	return state, nil
}
