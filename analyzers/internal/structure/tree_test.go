package structure

import (
	"fmt"
	"testing"
)

// steps are choices one after another, each with some ways that go on and one that ends.
func steps(n int) []Item {
	var items []Item
	for i := range n {
		c := Item{Kind: Choice}
		for j := range 4 {
			c.Alts = append(c.Alts, Branch{Items: []Item{{Kind: Command, Text: fmt.Sprintf("activity A%d-%d", i, j)}}})
		}
		c.Alts = append(c.Alts, Branch{Items: []Item{{Kind: End}}})
		items = append(items, c)
	}
	return append(items, Item{Kind: End})
}

// Have: what follows a choice is in the structure once, however many ways go on.
func TestChoicesInARow(t *testing.T) {
	for name, form := range map[string]func([]Item) []Item{"normal": Normal, "Closed": Closed} {
		ten, twenty := len(Text(form(steps(10)))), len(Text(form(steps(20))))
		if twenty > 3*ten {
			t.Errorf("%s: %d bytes for 10 choices, %d for 20", name, ten, twenty)
		}
	}
	if Text(Normal(steps(2))) == Text(Normal(steps(3))) {
		t.Error("another choice makes no difference")
	}
}

// A version may be a date: the ends of a long range are tried.
func TestCombinations(t *testing.T) {
	all := Combinations(map[string]Item{"fees": {Min: -1, Max: 20260101}})
	tried := make(map[int]bool)
	for _, one := range all {
		tried[one["fees"]] = true
	}
	if len(all) > maxCombinations || !tried[-1] || !tried[1] || tried[0] || !tried[20260101] || all[0]["fees"] != 20260101 {
		t.Errorf("tried %v", all)
	}
	if all := Combinations(map[string]Item{"a": {Min: -1, Max: 2}}); len(all) != 3 {
		t.Errorf("tried %v", all)
	}
	if all := Combinations(map[string]Item{"a": {Min: -1, Max: 1 << 40}, "b": {Min: -1, Max: 1 << 40}}); len(all) > 2*maxCombinations {
		t.Errorf("tried %d", len(all))
	}
}
