// Package clean has orders of maps that reach nothing. Silent.
package clean

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"go.temporal.io/sdk/workflow"
)

func Reserve(ctx context.Context, name string) error { return nil }

func SortedWorkflow(ctx workflow.Context, items map[string]int) error {
	var names []string
	for name := range items {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	for _, name := range workflow.DeterministicKeys(items) {
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	return nil
}

type byName []string

func (b byName) Len() int           { return len(b) }
func (b byName) Less(i, j int) bool { return b[i] < b[j] }
func (b byName) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func keys(m map[string]int) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	return names
}

func sortNames(names []string) { sort.Sort(byName(names)) }

func HelpersWorkflow(ctx workflow.Context, items map[string]int) error {
	names := keys(items)
	sortNames(names)
	return workflow.ExecuteActivity(ctx, "All", names).Get(ctx, nil)
}

// Sums, counts, the largest, other maps, deleting, searching.
func FoldsWorkflow(ctx workflow.Context, items map[string]int, other map[string]string) (int, error) {
	sum, count, largest := 0, 0, 0
	var best string
	inverse := make(map[int]string)
	set := make(map[string]struct{})
	for name, n := range items {
		sum += n
		count++
		if n > largest || n == largest && name < best {
			largest, best = n, name
		}
		inverse[n] = name
		set[name] = struct{}{}
		if n == 0 {
			delete(items, name)
		}
	}
	found := false
	for name := range items {
		if strings.HasPrefix(name, "x") {
			found = true
			break
		}
	}
	for name, n := range items {
		if n < 0 {
			return 0, fmt.Errorf("%s is negative", name)
		}
		other[name] = fmt.Sprint(n)
	}
	for name := range items {
		workflow.GetLogger(ctx).Info("item", "name", name)
	}
	if found {
		return count, workflow.ExecuteActivity(ctx, Reserve, best).Get(ctx, nil)
	}
	return sum + len(set) + len(inverse), nil
}

func lookup(items map[string]int, want int) (string, bool) {
	for name, n := range items {
		if n == want {
			return name, true
		}
	}
	return "", false
}

func any(items map[string]bool) bool {
	for _, ok := range items {
		if ok {
			return true
		}
	}
	return false
}

func SearchWorkflow(ctx workflow.Context, items map[string]int, flags map[string]bool) error {
	name, ok := lookup(items, 3)
	if !ok || any(flags) {
		return nil
	}
	return workflow.ExecuteActivity(ctx, Reserve, name).Get(ctx, nil)
}

// Futures are collected in a map, and all are waited for before anything is decided.
func AllWorkflow(ctx workflow.Context, futures map[string]workflow.Future) error {
	results := make(map[string]error)
	for name, f := range futures {
		results[name] = f.Get(ctx, nil)
	}
	return results["first"]
}

// Queries answer in no order.
func QueriesWorkflow(ctx workflow.Context, answers map[string]string) error {
	for name, answer := range answers {
		if err := workflow.SetQueryHandler(ctx, name, func() (string, error) { return answer, nil }); err != nil {
			return err
		}
	}
	return nil
}

// The order of a list is the list's.
func ListWorkflow(ctx workflow.Context, groups map[string][]string) error {
	for _, name := range groups["a"] {
		workflow.ExecuteActivity(ctx, Reserve, name)
	}
	return nil
}
