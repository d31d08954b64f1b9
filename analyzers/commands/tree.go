package commands

import (
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// A kind is what an item of a workflow's structure is.
type kind int

const (
	command   kind = iota // given to the server
	wait                  // for something to happen
	choice                // one of several ways
	loop                  // what turns
	coroutine             // runs beside what follows
	callback              // runs when a selector chooses it, or a handler is called
	end                   // of the function: a return
	leave                 // of a loop: break or continue
	opaque                // a call that is not followed
	version               // workflow.GetVersion
)

// An item is a part of the structure.
type item struct {
	kind kind
	text string // of a command: "activity"
	name string // of what it runs, "" if that has none: "Charge"
	pos  token.Pos
	body []item   // of a loop, coroutine or callback
	alts []branch // of a choice
	// error: the choice is about an error, as in "if err != nil".
	error bool

	min, max int // of a version

	// For pictures.
	turns   int    // of a loop, if that is known
	options string // of a command
}

// A branch is one way of a choice.
type branch struct {
	when  *cond // if a version decides; nil if that is not known
	items []item
}

// A cond is a condition about versions.
type cond struct {
	op   string // "==", "<" and so on; "!", "&&", "||"
	id   string // of the change
	n    int
	a, b *cond
}

// eval evaluates a condition.
func (c *cond) eval(versions map[string]int) bool {
	switch c.op {
	case "!":
		return !c.a.eval(versions)
	case "&&":
		return c.a.eval(versions) && c.b.eval(versions)
	case "||":
		return c.a.eval(versions) || c.b.eval(versions)
	}
	v, ok := versions[c.id]
	if !ok {
		v = defaultVersion
	}
	switch c.op {
	case "==":
		return v == c.n
	case "!=":
		return v != c.n
	case "<":
		return v < c.n
	case "<=":
		return v <= c.n
	case ">":
		return v > c.n
	}
	return v >= c.n
}

// defaultVersion is workflow.DefaultVersion: what an execution has that ran past the place
// before there was a version.
const defaultVersion = -1

// concrete is the structure under given versions: branches that versions decide are chosen.
func concrete(items []item, versions map[string]int) []item {
	var out []item
	for _, it := range items {
		switch it.kind {
		case choice:
			if it.alts[0].when == nil {
				next := it
				next.alts = nil
				for _, alt := range it.alts {
					alt.items = concrete(alt.items, versions)
					next.alts = append(next.alts, alt)
				}
				out = append(out, next)
				continue
			}
			for _, alt := range it.alts {
				if alt.when.eval(versions) {
					out = append(out, concrete(alt.items, versions)...)
					break
				}
			}
		case loop, coroutine, callback:
			it.body = concrete(it.body, versions)
			out = append(out, it)
		case version:
		default:
			out = append(out, it)
		}
	}
	return out
}

// normal brings a structure into the form in which equal structures are equal texts: what
// follows a branch that ends goes into the other one, what does nothing is left out, and
// several waits in a row are one.
func normal(items []item) []item {
	var out []item
	for i, it := range items {
		switch it.kind {
		case choice:
			rest := items[i+1:]
			if it.error && !gives(it.alts[1].items) {
				// An error that is returned, or logged: what matters is what happens without.
				list := append([]item{}, it.alts[0].items...)
				if !ends(list) {
					list = append(list, rest...)
				}
				return join(out, normal(list))
			}
			it, follows := normalChoice(it, rest)
			if it != nil {
				out = append(out, *it)
			}
			if follows {
				return out
			}
			continue
		case loop, coroutine, callback:
			it.body = normal(it.body)
			if !gives(it.body) {
				continue
			}
		case wait:
			if n := len(out); n > 0 && out[n-1].kind == wait {
				continue
			}
		case end:
			return append(out, it)
		}
		out = append(out, it)
	}
	return out
}

// normalChoice is a choice in its normal form, nil if it decides nothing. It follows if it has
// taken in what comes after it.
func normalChoice(it item, rest []item) (_ *item, follows bool) {
	next, ended := takeIn(it, rest)
	for i := range next.alts {
		next.alts[i].items = normal(next.alts[i].items)
	}
	if same(next.alts) {
		// Whatever is chosen, the same happens.
		if len(next.alts[0].items) == 0 {
			return nil, ended
		}
		if ended {
			return &item{kind: choice, alts: next.alts[:1], pos: it.pos}, true
		}
	}
	return &next, ended
}

// takeIn is a choice that has what comes after it, if one of its branches ends: the others go
// on with that. Several that go on do so together, as a choice of their own: what comes after
// is in the structure once, or it would grow with each choice by as many times.
func takeIn(it item, rest []item) (_ item, ended bool) {
	next := it
	next.alts = nil
	var going []branch
	for _, alt := range it.alts {
		if ends(alt.items) {
			next.alts = append(next.alts, alt)
		} else {
			going = append(going, alt)
		}
	}
	switch {
	case len(going) == len(it.alts):
		next.alts = going
		return next, false
	case len(going) == 1:
		// In its place: an if statement's ways have theirs.
		next.alts = slices.Clone(it.alts)
		for i := range next.alts {
			if !ends(next.alts[i].items) {
				next.alts[i].items = slices.Concat(next.alts[i].items, rest)
			}
		}
	case len(going) > 1:
		inner := item{kind: choice, pos: it.pos, alts: going}
		next.alts = append(next.alts, branch{when: anyOf(going), items: slices.Concat([]item{inner}, rest)})
	}
	return next, true
}

// anyOf is the condition that one of several branches is chosen, nil if versions do not decide.
func anyOf(alts []branch) *cond {
	when := alts[0].when
	for _, alt := range alts[1:] {
		if when != nil {
			when = &cond{op: "||", a: when, b: alt.when}
		}
	}
	return when
}

// join puts normal structures behind each other.
func join(a, b []item) []item {
	if len(a) > 0 && len(b) > 0 && a[len(a)-1].kind == wait && b[0].kind == wait {
		b = b[1:]
	}
	return append(a, b...)
}

func ends(items []item) bool { return len(items) > 0 && items[len(items)-1].kind == end }

func same(alts []branch) bool {
	for _, alt := range alts[1:] {
		if text(alt.items) != text(alts[0].items) {
			return false
		}
	}
	return true
}

// gives reports whether items give a command, or wait.
func gives(items []item) bool {
	for _, it := range items {
		switch it.kind {
		case command, wait, opaque:
			return true
		case loop, coroutine, callback:
			if gives(it.body) {
				return true
			}
		case choice:
			if anyGives(it.alts) {
				return true
			}
		}
	}
	return false
}

func anyGives(alts []branch) bool {
	for _, alt := range alts {
		if gives(alt.items) {
			return true
		}
	}
	return false
}

// text is a structure as text, without positions.
func text(items []item) string {
	var b strings.Builder
	for _, it := range items {
		b.WriteString(it.String() + ";")
	}
	return b.String()
}

func (it item) String() string {
	switch it.kind {
	case command:
		return strings.TrimSpace(it.text + " " + it.name)
	case opaque:
		return it.text
	case wait:
		return "wait"
	case choice:
		var alts []string
		for _, alt := range it.alts {
			// Without the condition, whose variables may have other names. Of an if statement, the
			// way for a condition that holds stands first, however it is written.
			alts = append(alts, "{"+text(alt.items)+"}")
		}
		return "choice" + strings.Join(alts, "|")
	case loop:
		return "loop{" + text(it.body) + "}"
	case coroutine:
		return "coroutine{" + text(it.body) + "}"
	case callback:
		return it.text + "{" + text(it.body) + "}"
	case end:
		return "return"
	case leave:
		return it.text
	}
	return "version " + it.text + strconv.Itoa(it.min)
}
