// Package structure is what a workflow does, as a tree: commands, waits, choices, loops, coroutines
// and handlers. It brings trees into a normal form, in which moved code is the same, selects the
// branches of a version, and finds the first difference of two. It knows nothing of Go's syntax.
package structure

import (
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// A Kind is what an item of a workflow's structure is.
type Kind int

const (
	Command   Kind = iota // given to the server
	Wait                  // for something to happen
	Choice                // one of several ways
	Loop                  // what turns
	Coroutine             // runs beside what follows
	Callback              // runs when a selector chooses it, or a handler is called
	End                   // of the function: a return
	Leave                 // of a loop: break or continue
	Opaque                // a call that is not followed
	Version               // workflow.GetVersion
)

// An Item is a part of the structure.
type Item struct {
	Kind Kind
	Text string // of a command: "activity"
	Name string // of what it runs, "" if that has none: "Charge"
	Pos  token.Pos
	Body []Item   // of a loop, coroutine or callback
	Alts []Branch // of a choice
	// error: the choice is about an error, as in "if err != nil".
	Error bool

	Min, Max int // of a version

	// For pictures.
	Turns   int    // of a loop, if that is known
	Options string // of a command
}

// A Branch is one way of a choice.
type Branch struct {
	When  *Cond // if a version decides; nil if that is not known
	Items []Item
}

// A Cond is a condition about versions.
type Cond struct {
	Op   string // "==", "<" and so on; "!", "&&", "||"; "?" for what versions do not decide
	ID   string // of the change
	N    int
	A, B *Cond
}

// A truth is what a condition is: versions may decide only a part of it.
type truth int

const (
	never   truth = -1
	unknown truth = 0
	always  truth = 1
)

// eval evaluates a condition.
func (c *Cond) eval(versions map[string]int) truth {
	switch c.Op {
	case "?":
		return unknown
	case "!":
		return -c.A.eval(versions)
	case "&&":
		return min(c.A.eval(versions), c.B.eval(versions))
	case "||":
		return max(c.A.eval(versions), c.B.eval(versions))
	}
	v, ok := versions[c.ID]
	if !ok {
		v = DefaultVersion
	}
	holds := v >= c.N
	switch c.Op {
	case "==":
		holds = v == c.N
	case "!=":
		holds = v != c.N
	case "<":
		holds = v < c.N
	case "<=":
		holds = v <= c.N
	case ">":
		holds = v > c.N
	}
	if holds {
		return always
	}
	return never
}

// DefaultVersion is workflow.DefaultVersion: what an execution has that ran past the place
// before there was a version.
const DefaultVersion = -1

// Concrete is the structure under given versions: branches that versions decide are chosen.
func Concrete(items []Item, versions map[string]int) []Item {
	var out []Item
	for _, it := range items {
		switch it.Kind {
		case Choice:
			next := it
			next.Alts = possible(it.Alts, versions)
			switch {
			case len(next.Alts) == 1:
				out = append(out, next.Alts[0].Items...)
			case len(next.Alts) > 0:
				out = append(out, next)
			}
		case Loop, Coroutine, Callback:
			it.Body = Concrete(it.Body, versions)
			out = append(out, it)
		case Version:
		default:
			out = append(out, it)
		}
	}
	return out
}

// possible are the branches of a choice that given versions leave open.
func possible(alts []Branch, versions map[string]int) []Branch {
	var open []Branch
	for _, alt := range alts {
		is := unknown
		if alt.When != nil {
			is = alt.When.eval(versions)
		}
		if is != never {
			open = append(open, Branch{Items: Concrete(alt.Items, versions)})
		}
		if is == always {
			break
		}
	}
	return open
}

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
			it.Body = Normal(it.Body)
			if !gives(it.Body) {
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

// normalChoice is a choice in its normal form, nil if it decides nothing. It follows if it has
// taken in what comes after it.
func normalChoice(it Item, rest []Item) (_ *Item, follows bool) {
	next, ended := TakeIn(it, rest)
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

func anyGives(alts []Branch) bool {
	for _, alt := range alts {
		if gives(alt.Items) {
			return true
		}
	}
	return false
}

// Text is a structure as text, without positions.
func Text(items []Item) string {
	var b strings.Builder
	for _, it := range items {
		b.WriteString(it.String() + ";")
	}
	return b.String()
}

func (it Item) String() string {
	switch it.Kind {
	case Command:
		return strings.TrimSpace(it.Text + " " + it.Name)
	case Opaque:
		return it.Text
	case Wait:
		return "wait"
	case Choice:
		var alts []string
		for _, alt := range it.Alts {
			// Without the condition, whose variables may have other names. Of an if statement, the
			// way for a condition that holds stands first, however it is written.
			alts = append(alts, "{"+Text(alt.Items)+"}")
		}
		return "choice" + strings.Join(alts, "|")
	case Loop:
		return "loop{" + Text(it.Body) + "}"
	case Coroutine:
		return "coroutine{" + Text(it.Body) + "}"
	case Callback:
		return it.Text + "{" + Text(it.Body) + "}"
	case End:
		return "return"
	case Leave:
		return it.Text
	}
	return "version " + it.Text + strconv.Itoa(it.Min)
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
