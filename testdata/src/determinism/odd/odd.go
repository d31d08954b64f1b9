// Package odd has code that is seldom written. Flagged where it differs.
package odd

import (
	. "time"

	"go.temporal.io/sdk/workflow"
)

func DotWorkflow(ctx workflow.Context) error {
	_ = Now() // want `time\.Now in workflow code`
	return nil
}

// Recursion, through a closure and an interface.
type visitor interface{ visit(n int) Time }

type walker struct{}

func (w walker) visit(n int) Time {
	if n == 0 {
		return Now() // want `time\.Now in workflow code`
	}
	var again func(v visitor) Time
	again = func(v visitor) Time { return v.visit(n - 1) }
	return again(w)
}

func RecursiveWorkflow(ctx workflow.Context) (Time, error) {
	return walker{}.visit(3), nil
}

// A label, goto, and a loop in a map's order that ends early by count.
func BatchWorkflow(ctx workflow.Context, items map[string]int) (map[string]int, error) {
	batch := map[string]int{}
	for name, n := range items { // want `range over items decides which elements come before the loop ends`
		if len(batch) >= 10 {
			break
		}
		batch[name] = n
	}
	return batch, nil
}

// A condition that is part of itself.
func SelfWorkflow(ctx workflow.Context, list []bool) (bool, error) {
	var all bool
	for _, ok := range list {
		all = all && ok
	}
	if all {
		_ = Now() // want `time\.Now in workflow code`
	}
	return all, nil
}

// A break of the loop within does not end the one over the map.
func InnerBreakWorkflow(ctx workflow.Context, groups map[string][]int, most int) (map[string]int, error) {
	found := map[string]int{}
	for name, group := range groups {
	inner:
		for _, n := range group {
			switch {
			case n > most:
				found[name] = n
				break inner
			}
		}
	}
	return found, nil
}

// That some number of elements are there says nothing of the first; that one is, does.
func FirstWorkflow(ctx workflow.Context, set map[string]bool) (string, string, error) {
	var names []string
	for name := range set { // want `range over set decides which element names\[0\] is`
		names = append(names, name)
	}
	var two, one string
	if len(names) == 2 {
		two = names[0]
	}
	if len(names) == 1 {
		one = names[0]
	}
	return two, one, nil
}

// A map with no more than one element has one order.
func OnlyWorkflow(ctx workflow.Context, m, n, o map[string]int) (string, error) {
	only := ""
	if len(m) == 1 {
		for k := range m {
			only = k
		}
	}
	switch len(n) {
	case 1:
		for k := range n {
			only += k
		}
	case 2:
		for k := range n { // want `range over n decides`
			only += k
		}
	}
	if len(o) > 1 {
		return only, nil
	}
	for k := range o {
		return k, nil
	}
	return only, nil
}
