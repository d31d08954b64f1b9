package commands

import (
	"fmt"
	"testing"
)

// steps are choices one after another, each with some ways that go on and one that ends.
func steps(n int) []item {
	var items []item
	for i := range n {
		c := item{kind: choice}
		for j := range 4 {
			c.alts = append(c.alts, branch{items: []item{{kind: command, text: fmt.Sprintf("activity A%d-%d", i, j)}}})
		}
		c.alts = append(c.alts, branch{items: []item{{kind: end}}})
		items = append(items, c)
	}
	return append(items, item{kind: end})
}

// Have: what follows a choice is in the structure once, however many ways go on.
func TestChoicesInARow(t *testing.T) {
	for name, form := range map[string]func([]item) []item{"normal": normal, "closed": closed} {
		ten, twenty := len(text(form(steps(10)))), len(text(form(steps(20))))
		if twenty > 3*ten {
			t.Errorf("%s: %d bytes for 10 choices, %d for 20", name, ten, twenty)
		}
	}
	if text(normal(steps(2))) == text(normal(steps(3))) {
		t.Error("another choice makes no difference")
	}
}
