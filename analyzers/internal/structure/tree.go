// Package structure is what a workflow does, as a tree: commands, waits, choices, loops, coroutines
// and handlers. It brings trees into a normal form, in which moved code is the same, selects the
// branches of a version, and finds the first difference of two. It knows nothing of Go's syntax.
package structure

import (
	"go/token"
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

	Min, Max int  // of a version
	Named    bool // of a callback: Text names it, as the handler of an update

	// For pictures.
	Turns   int    // of a loop, if that is known
	Options string // of a command
}

// A Branch is one way of a choice.
type Branch struct {
	When  *Cond  // if a version decides; nil if that is not known
	Label string // of a case of a switch over constants; "" if it is none
	Items []Item
}

// Otherwise is the label of what happens in no other case.
const Otherwise = "default"

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
			open = append(open, Branch{Label: alt.Label, Items: Concrete(alt.Items, versions)})
		}
		if is == always {
			break
		}
	}
	return open
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
		if it.Text == turn {
			return turn
		}
		return "return"
	case Leave:
		return it.Text
	}
	return "version " + it.Text + strconv.Itoa(it.Min)
}
