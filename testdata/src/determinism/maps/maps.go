// Package maps has orders of maps that reach something. Flagged.
package maps

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"go.temporal.io/sdk/workflow"
)

func Reserve(ctx context.Context, name string) error { return nil }

func CommandWorkflow(ctx workflow.Context, items map[string]int) error {
	for name := range items { // want `^range over items decides the order in which workflow\.ExecuteActivity is called, and a replay has another order: range over workflow\.DeterministicKeys, or sort \(CommandWorkflow\)$`
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	for range items {
	}
	return nil
}

func HelperWorkflow(ctx workflow.Context, items map[string]int) error {
	for name := range items { // want `range over items decides the order in which reserve is called`
		if err := reserve(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func reserve(ctx workflow.Context, name string) error {
	return workflow.ExecuteActivity(ctx, Reserve, name).Get(ctx, nil)
}

func ListWorkflow(ctx workflow.Context, items map[string]int) error {
	var names []string
	for name := range items { // want `range over items decides the order in which workflow\.ExecuteActivity is called`
		names = append(names, name)
	}
	for _, name := range names {
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	return nil
}

func ArgumentWorkflow(ctx workflow.Context, items map[string]int) error {
	var names []string
	for name := range items { // want `range over items decides what workflow\.ExecuteActivity is given`
		names = append(names, name)
	}
	return workflow.ExecuteActivity(ctx, "All", names).Get(ctx, nil)
}

func ResultWorkflow(ctx workflow.Context, items map[string]int) (names []string, err error) {
	for name := range items { // want `range over items decides what the workflow returns`
		names = append(names, name)
	}
	return names, nil
}

func TextWorkflow(ctx workflow.Context, items map[string]int) error {
	var b strings.Builder
	for name, n := range items { // want `range over items decides what workflow\.ExecuteActivity is given`
		fmt.Fprintf(&b, "%s=%d ", name, n)
	}
	return workflow.ExecuteActivity(ctx, "Mail", b.String()).Get(ctx, nil)
}

func FirstWorkflow(ctx workflow.Context, items map[string]int) (string, error) {
	for name, n := range items { // want `range over items decides which element is returned`
		if n > 0 {
			return name, nil
		}
	}
	return "", nil
}

func LastWorkflow(ctx workflow.Context, items map[string]int) error {
	var last string
	for name := range items { // want `range over items decides what workflow\.ExecuteActivity is given`
		last = name
	}
	return workflow.ExecuteActivity(ctx, Reserve, last).Get(ctx, nil)
}

func LibraryWorkflow(ctx workflow.Context, items map[string]int) error {
	for name := range maps.Keys(items) { // want `the result of maps\.Keys decides the order in which workflow\.ExecuteActivity is called`
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	for _, name := range slices.Sorted(maps.Keys(items)) {
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	return nil
}

func SyncMapWorkflow(ctx workflow.Context) error {
	var m sync.Map
	m.Range(func(k, v any) bool { // want `m\.Range decides the order in which workflow\.ExecuteActivity is called`
		workflow.ExecuteActivity(ctx, Reserve, k)
		return true
	})
	return nil
}

// Which future fails first decides when the workflow ends.
func FuturesWorkflow(ctx workflow.Context, futures map[string]workflow.Future) error {
	for _, f := range futures { // want `range over futures decides which future is waited for first`
		if err := f.Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

func SelectorWorkflow(ctx workflow.Context, handlers map[string]func(workflow.ReceiveChannel, bool)) error {
	s := workflow.NewSelector(ctx)
	for name, h := range handlers { // want `range over handlers decides the order in which s\.AddReceive is called`
		s.AddReceive(workflow.GetSignalChannel(ctx, name), h)
	}
	s.Select(ctx)
	return nil
}

// A keys helper of this package, sorted by nobody.
func keys(m map[string]int) (names []string) {
	for name := range m {
		names = append(names, name)
	}
	return names
}

func UnsortedWorkflow(ctx workflow.Context, items map[string]int) error {
	for _, name := range keys(items) { // want `the result of keys decides the order in which workflow\.ExecuteActivity is called`
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	return nil
}
