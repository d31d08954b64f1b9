package structure

import (
	"iter"
	"maps"
	"sort"
)

// Versions are the calls of GetVersion in a structure, by change id.
func Versions(items []Item) map[string]Item {
	found := make(map[string]Item)
	var visit func([]Item)
	visit = func(items []Item) {
		for _, it := range items {
			if it.Kind == Version {
				if have, ok := found[it.Text]; ok {
					it.Min, it.Max = min(it.Min, have.Min), max(it.Max, have.Max)
				}
				found[it.Text] = it
			}
			visit(it.Body)
			for _, alt := range it.Alts {
				visit(alt.Items)
			}
		}
	}
	visit(items)
	return found
}

// maxCombinations bounds the versions that are tried together, atEnds the oldest and the newest of one
// change that are: dates make long ranges.
const (
	maxCombinations = 64
	atEnds          = 16
)

// Combinations are the versions that running executions may have, by what the old code
// allows. Where those are too many, one is varied at a time.
func Combinations(versions map[string]Item) []map[string]int {
	var ids []string
	total := 1
	for id, v := range versions {
		ids = append(ids, id)
		total = min(total*max(1, min(v.Max-v.Min+1, 2*atEnds)), maxCombinations+1)
	}
	sort.Strings(ids)
	all := []map[string]int{{}}
	if total > maxCombinations {
		latest := make(map[string]int)
		for _, id := range ids {
			latest[id] = versions[id].Max
		}
		all = []map[string]int{latest}
		for _, id := range ids {
			for n := range newest(versions[id]) {
				if n == versions[id].Max {
					continue
				}
				one := maps.Clone(latest)
				one[id] = n
				all = append(all, one)
			}
		}
		return all
	}
	for _, id := range ids {
		var next []map[string]int
		for _, have := range all {
			for n := range newest(versions[id]) {
				one := maps.Clone(have)
				one[id] = n
				next = append(next, one)
			}
		}
		all = next
	}
	return all
}

// newest are the versions of a range that executions have, the newest first: most have it.
func newest(v Item) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := v.Max; n >= v.Min; n-- {
			if n == v.Max-atEnds && n > v.Min+atEnds {
				n = v.Min + atEnds
			}
			if !isGap(v, n) && !yield(n) {
				return
			}
		}
	}
}

// isGap reports whether no execution has a version that a range allows: 0 stands between
// DefaultVersion, which is -1, and 1, the first version that anybody gives.
func isGap(v Item, n int) bool { return n == 0 && v.Min < 0 && v.Max > 0 }
