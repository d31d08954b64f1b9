// Package store does what workflows in other packages reach.
package store

import (
	"os"
	"sort"
	"time"

	"go.temporal.io/sdk/workflow"
)

// Clock is real in main and fixed in tests.
type Clock interface{ Now() time.Time }

type Real struct{}

func (Real) Now() time.Time { return time.Now() }

type Fixed struct{ At time.Time }

func (f Fixed) Now() time.Time { return f.At }

// Default is far from any workflow.
func Default() string { return fallback() }

func fallback() string {
	name, _ := os.Hostname()
	return name
}

// Keys returns the keys in the map's order, SortedKeys sorted.
func Keys[K comparable, V any](m map[K]V) []K {
	var keys []K
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

func SortedKeys(m map[string]int) []string {
	keys := Keys(m)
	sort.Strings(keys)
	return keys
}

// TransformMap is map to map.
func TransformMap[K comparable, V, W any](m map[K]V, f func(V) W) map[K]W {
	out := make(map[K]W, len(m))
	for k, v := range m {
		out[k] = f(v)
	}
	return out
}

// TransformMapToList has the map's order.
func TransformMapToList[K comparable, V, W any](m map[K]V, f func(K, V) W) []W {
	var out []W
	for k, v := range m {
		out = append(out, f(k, v))
	}
	return out
}

// Sleep takes a workflow's context, and is reported here, once.
func Sleep(ctx workflow.Context) { time.Sleep(time.Second) } // want `time\.Sleep in workflow code: .* \(Sleep\)`

// Log gives no command.
func Log(ctx workflow.Context, name string) { workflow.GetLogger(ctx).Info(name) }

// Reserve gives one.
func Reserve(ctx workflow.Context, name string) error {
	return workflow.ExecuteActivity(ctx, "Reserve", name).Get(ctx, nil)
}

// Record runs its argument where the result is recorded.
func Record(ctx workflow.Context, f func() string) (s string) {
	_ = workflow.SideEffect(ctx, func(workflow.Context) any { return f() }).Get(&s)
	return s
}
