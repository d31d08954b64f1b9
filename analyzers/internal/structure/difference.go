package structure

import (
	"go/token"
	"strings"
)

// A Difference is the first in two structures.
type Difference struct {
	Old, Pos token.Pos
	Was, Is  *Item
	After    string // the last command that both have

	Rest, Next []Item // what follows in the old structure, and in the new one
}

// Compare finds the first difference.
func Compare(a, b []Item, after string) Difference {
	for i := 0; ; i++ {
		switch {
		case i >= len(a) && i >= len(b):
			return Difference{After: after}
		case i >= len(a):
			return Difference{Pos: b[i].Pos, Is: &b[i], After: after, Next: b[i:]}
		case i >= len(b):
			return Difference{Old: a[i].Pos, Was: &a[i], After: after, Rest: a[i:]}
		}
		x, y := &a[i], &b[i]
		if x.String() == y.String() {
			if x.Kind == Command {
				after = x.String()
			}
			continue
		}
		if x.Kind == y.Kind {
			switch x.Kind {
			case Loop, Coroutine, Callback:
				return Compare(x.Body, y.Body, after)
			case Choice:
				if d, ok := differBranches(x, y, after); ok {
					return d
				}
			}
		}
		return Difference{Old: x.Pos, Pos: y.Pos, Was: x, Is: y, After: after, Rest: a[i:], Next: b[i:]}
	}
}

// commands calls each for the commands in an item, until it returns false.
func (it *Item) commands(each func(*Item) bool) bool {
	if it.Kind == Command && !each(it) {
		return false
	}
	for i := range it.Body {
		if !it.Body[i].commands(each) {
			return false
		}
	}
	for _, alt := range it.Alts {
		for i := range alt.Items {
			if !alt.Items[i].commands(each) {
				return false
			}
		}
	}
	return true
}

// Has reports whether a command is in an item.
func (it *Item) Has(command *Item) bool {
	return !it.commands(func(c *Item) bool { return c.String() != command.String() })
}

// without is the first command of an item that another does not have, or nil.
func (it *Item) without(other *Item) (found *Item) {
	it.commands(func(c *Item) bool {
		if !other.Has(c) {
			found = c
		}
		return found == nil
	})
	return found
}

// maxChanged bounds the items of one statement: a command, a wait, a choice about an error.
const maxChanged = 8

// Changed are the items that are gone and those that are new, if the rest is as it was; the first
// of either, if there is one, gives commands. The fewest are taken.
func (d *Difference) Changed() (gone, added []Item, ok bool) {
	for n := 1; n <= 2*maxChanged; n++ {
		for k := max(0, n-maxChanged); k <= min(n, maxChanged); k++ {
			old, next := n-k, k
			if old > len(d.Rest) || next > len(d.Next) || old > 0 && !d.Rest[0].changes() || next > 0 && !d.Next[0].changes() {
				continue
			}
			if Text(d.Rest[old:]) == Text(d.Next[next:]) {
				return d.Rest[:old], d.Next[:next], true
			}
		}
	}
	return nil, nil, false
}

// changes reports whether an item alone makes another structure, wherever it is.
func (it *Item) changes() bool {
	return it.Kind == Command || it.Kind == Coroutine || it.Kind == Callback
}

// differBranches is the first difference of two choices, if it is more than that.
func differBranches(x, y *Item, after string) (Difference, bool) {
	if len(x.Alts) != len(y.Alts) {
		if it := y.without(x); it != nil {
			return Difference{Old: x.Pos, Pos: it.Pos, Is: it, After: after}, true
		}
		if it := x.without(y); it != nil {
			return Difference{Old: it.Pos, Pos: y.Pos, Was: it, After: after}, true
		}
		return Difference{}, false
	}
	for i := range x.Alts {
		if Text(x.Alts[i].Items) != Text(y.Alts[i].Items) {
			d := Compare(x.Alts[i].Items, y.Alts[i].Items, after)
			if d.Pos == token.NoPos {
				d.Pos = y.Pos
			}
			return d, true
		}
	}
	return Difference{}, false
}

// Describe names an item for people.
func Describe(it *Item) string {
	if it == nil {
		return ""
	}
	switch it.Kind {
	case Command:
		return it.String()
	case Wait:
		return "waiting for a result"
	case Choice:
		return "a choice"
	case Loop:
		return "a loop"
	case Coroutine:
		return "a coroutine"
	case Callback:
		return "what a " + it.Text + " does"
	case End:
		return "the end of the workflow"
	case Leave:
		return "a " + it.Text
	case Opaque:
		return "a call of " + strings.TrimPrefix(it.Text, "call ")
	}
	return "a version"
}
