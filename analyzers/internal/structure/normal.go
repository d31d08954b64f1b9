package structure

import (
	"slices"
	"strings"
)

// Normal brings a structure into the form in which equal structures are equal texts: what
// follows a branch that ends goes into the other one, what does nothing is left out, and
// several waits in a row are one.
func Normal(items []Item) []Item {
	var out []Item
	for i, it := range items {
		switch it.Kind {
		case Choice:
			rest := items[i+1:]
			if it.Error && !gives(it.Alts[1].Items) {
				// An error that is returned, or logged: what matters is what happens without.
				list := append([]Item{}, it.Alts[0].Items...)
				if !Ends(list) {
					list = append(list, rest...)
				}
				return join(out, Normal(list))
			}
			it, follows := normalChoice(it, rest)
			if it != nil {
				out = append(out, *it)
			}
			if follows {
				return out
			}
			continue
		case Loop, Coroutine, Callback:
			if it.Body = normalBody(it); !matters(it) {
				continue
			}
		case Wait:
			if n := len(out); n > 0 && out[n-1].Kind == Wait {
				continue
			}
		case End:
			return append(out, it)
		}
		out = append(out, it)
	}
	return out
}

// matters reports whether a loop, a coroutine or a callback does anything. What only waits beside the
// rest does not; the handler of an update accepts it.
func matters(it Item) bool {
	if it.Kind == Loop {
		return gives(it.Body)
	}
	return it.Named || commands(it.Body)
}

func normalBody(it Item) []Item {
	if it.Kind == Loop {
		return withoutTurn(Normal(turning(it.Body)))
	}
	return Normal(it.Body)
}

// turn is the text of an end that goes on with the next turn of a loop.
const turn = "continue"

// turning is the body of a loop in which "continue" ends the turn, as a return ends a function:
// what follows goes into the other branches.
func turning(body []Item) []Item {
	out := slices.Clone(body)
	for i := range out {
		switch it := &out[i]; {
		case it.Kind == Leave && it.Text == turn:
			it.Kind = End
		case it.Kind == Choice:
			it.Alts = slices.Clone(it.Alts)
			for j := range it.Alts {
				it.Alts[j].Items = turning(it.Alts[j].Items)
			}
		}
	}
	return out
}

// withoutTurn is the body of a loop without what the end of the body does anyway.
func withoutTurn(body []Item) []Item {
	n := len(body)
	if n == 0 {
		return body
	}
	switch last := &body[n-1]; {
	case last.Kind == End && last.Text == turn:
		return body[:n-1]
	case last.Kind == Choice:
		for j := range last.Alts {
			last.Alts[j].Items = withoutTurn(last.Alts[j].Items)
		}
		if same(last.Alts) && len(last.Alts[0].Items) == 0 {
			return body[:n-1]
		}
	}
	return body
}

// normalChoice is a choice in its normal form, nil if it decides nothing. It follows if it has
// taken in what comes after it.
func normalChoice(it Item, rest []Item) (_ *Item, follows bool) {
	next, ended := TakeIn(it, rest)
	if !ended && len(rest) == 1 && rest[0].Kind == End {
		// if ok { A }; return is if !ok { return }; A; return.
		next.Alts, ended = slices.Clone(next.Alts), true
		for i := range next.Alts {
			next.Alts[i].Items = slices.Concat(next.Alts[i].Items, rest)
		}
	}
	for i := range next.Alts {
		next.Alts[i].Items = Normal(next.Alts[i].Items)
	}
	if same(next.Alts) {
		// Whatever is chosen, the same happens.
		if len(next.Alts[0].Items) == 0 {
			return nil, ended
		}
		if ended {
			return &Item{Kind: Choice, Alts: next.Alts[:1], Pos: it.Pos}, true
		}
	}
	return &next, ended
}

// TakeIn is a choice that has what comes after it, if one of its branches ends: the others go
// on with that. Several that go on do so together, as a choice of their own: what comes after
// is in the structure once, or it would grow with each choice by as many times.
func TakeIn(it Item, rest []Item) (_ Item, ended bool) {
	next := it
	next.Alts = nil
	var going []Branch
	for _, alt := range it.Alts {
		if Ends(alt.Items) {
			next.Alts = append(next.Alts, alt)
		} else {
			going = append(going, alt)
		}
	}
	switch {
	case len(going) == len(it.Alts):
		next.Alts = going
		return next, false
	case len(going) == 1:
		// In its place: an if statement's ways have theirs.
		next.Alts = slices.Clone(it.Alts)
		for i := range next.Alts {
			if !Ends(next.Alts[i].Items) {
				next.Alts[i].Items = slices.Concat(next.Alts[i].Items, rest)
			}
		}
	case len(going) > 1:
		inner := Item{Kind: Choice, Pos: it.Pos, Alts: going}
		next.Alts = append(next.Alts, Branch{When: anyOf(going), Items: slices.Concat([]Item{inner}, rest)})
	}
	return next, true
}

// anyOf is the condition that one of several branches is chosen, nil if versions do not decide.
func anyOf(alts []Branch) *Cond {
	when := alts[0].When
	for _, alt := range alts[1:] {
		if when != nil {
			when = &Cond{Op: "||", A: when, B: alt.When}
		}
	}
	return when
}

// join puts normal structures behind each other.
func join(a, b []Item) []Item {
	if len(a) > 0 && len(b) > 0 && a[len(a)-1].Kind == Wait && b[0].Kind == Wait {
		b = b[1:]
	}
	return append(a, b...)
}

func Ends(items []Item) bool { return len(items) > 0 && items[len(items)-1].Kind == End }

func same(alts []Branch) bool {
	for _, alt := range alts[1:] {
		if Text(alt.Items) != Text(alts[0].Items) {
			return false
		}
	}
	return true
}

// gives reports whether items give a command, or wait.
func gives(items []Item) bool {
	for _, it := range items {
		switch it.Kind {
		case Command, Wait, Opaque:
			return true
		case Loop, Coroutine, Callback:
			if gives(it.Body) {
				return true
			}
		case Choice:
			if anyGives(it.Alts) {
				return true
			}
		}
	}
	return false
}

// commands reports whether a structure does more than wait.
func commands(items []Item) bool {
	return slices.ContainsFunc(items, func(it Item) bool {
		switch it.Kind {
		case Command, Opaque:
			return true
		case Choice:
			return slices.ContainsFunc(it.Alts, func(alt Branch) bool { return commands(alt.Items) })
		}
		return commands(it.Body)
	})
}

func anyGives(alts []Branch) bool {
	for _, alt := range alts {
		if gives(alt.Items) {
			return true
		}
	}
	return false
}

// Sorted has the cases of each switch over constants in the order of these.
func Sorted(items []Item) []Item {
	out := slices.Clone(items)
	for i := range out {
		it := &out[i]
		it.Body = Sorted(it.Body)
		it.Alts = slices.Clone(it.Alts)
		labelled := true
		for j := range it.Alts {
			it.Alts[j].Items = Sorted(it.Alts[j].Items)
			labelled = labelled && it.Alts[j].Label != ""
		}
		if labelled {
			slices.SortStableFunc(it.Alts, func(a, b Branch) int { return strings.Compare(a.Label, b.Label) })
		}
	}
	return out
}

// Handlers puts the handlers of updates first, by name: where one is set does not matter to what
// running executions did. Of those that the other structure has not, if there is one, no execution
// has run any.
func Handlers(items, other []Item) []Item {
	known := make(map[string]bool)
	for _, it := range other {
		known[it.Text] = true
	}
	var handlers, rest []Item
	for _, it := range items {
		switch {
		case it.Kind != Callback || !it.Named:
			rest = append(rest, it)
		case other == nil || known[it.Text]:
			handlers = append(handlers, it)
		}
	}
	slices.SortStableFunc(handlers, func(a, b Item) int { return strings.Compare(a.Text, b.Text) })
	return append(handlers, rest...)
}

// Closed is the body of a function that is taken into another: its returns end it, not the
// other.
func Closed(items []Item) []Item {
	var out []Item
	for i, it := range items {
		switch it.Kind {
		case End:
			return out
		case Choice:
			next, ended := TakeIn(it, items[i+1:])
			for j := range next.Alts {
				next.Alts[j].Items = Closed(next.Alts[j].Items)
			}
			out = append(out, next)
			if ended {
				return out
			}
		default:
			out = append(out, it)
		}
	}
	return out
}
