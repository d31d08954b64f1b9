// Package chains has workflows that reach what differs in another package. Flagged.
package chains

import (
	"sort"

	"example.com/corpus/determinism/store"
	"github.com/google/uuid"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

func HostWorkflow(ctx workflow.Context) (string, error) {
	store.Sleep(ctx)
	return store.Default(), nil // want `os\.Hostname in workflow code: .* \(HostWorkflow -> store\.Default -> fallback at store\.go:\d+\)`
}

// Workflows has a clock behind an interface.
type Workflows struct{ clock store.Clock }

func New(c store.Clock) *Workflows { return &Workflows{clock: c} }

func (w *Workflows) Age(ctx workflow.Context) (int64, error) {
	return w.clock.Now().Unix(), nil // want `time\.Now in workflow code: .* \(Workflows\.Age -> store\.Real\.Now at store\.go:\d+\)`
}

func Run(w worker.Worker) { w.RegisterWorkflow(New(store.Real{}).Age) }

// Tested has a fixed one.
type Tested struct{ clock store.Clock }

func (t *Tested) Age(ctx workflow.Context) (int64, error) { return t.clock.Now().Unix(), nil }

func RunTested(w worker.Worker) {
	t := &Tested{clock: store.Fixed{}}
	w.RegisterWorkflow(t.Age)
}

// What another package returns in the order of a map.
func KeysWorkflow(ctx workflow.Context, m map[string]int) error {
	for _, k := range store.Keys(m) { // want `the result of store\.Keys decides the order in which store\.Reserve is called, and a replay has another order`
		if err := store.Reserve(ctx, k); err != nil {
			return err
		}
	}
	for _, k := range store.TransformMapToList(m, func(k string, v int) string { return k }) { // want `the result of store\.TransformMapToList decides`
		workflow.ExecuteActivity(ctx, "X", k)
	}
	return nil
}

func SortedWorkflow(ctx workflow.Context, m map[string]int) error {
	for _, k := range store.SortedKeys(m) {
		workflow.ExecuteActivity(ctx, "X", k)
	}
	keys := store.Keys(m)
	sort.Strings(keys)
	for _, k := range keys {
		workflow.ExecuteActivity(ctx, "X", k)
	}
	for k, v := range store.TransformMap(m, func(v int) int { return v + 1 }) {
		store.Log(ctx, k)
		_ = v
	}
	_ = store.Record(ctx, uuid.NewString)
	return nil
}
