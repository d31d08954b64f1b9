package facts

import (
	"strconv"
	"strings"
)

// An Effect is something that a function does, and where.
type Effect struct {
	Kind  Kind
	What  string // the table, the function, or the loop
	Pkg   string // path of the package that contains it
	File  string // base name
	Line  int
	Col   int
	Owner string // "Func" or "Type.Method" that contains it
	N     int    // a number that the domain gives
}

// ID names the effect in every package that sees it.
func (e *Effect) ID() string {
	return strconv.Itoa(int(e.Kind)) + "|" + e.Pkg + "/" + e.File + ":" + strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Col) + "|" + e.What
}

// Place is the effect's file and line, for people.
func (e *Effect) Place() string { return e.File + ":" + strconv.Itoa(e.Line) }

// A Reached is an effect and the functions that lead to it.
type Reached struct {
	Effect Effect
	Chain  []string
}

// An Open is a call whose target is not known yet: a method of an interface, or a
// function held in a variable or field.
type Open struct {
	Key    string // of the interface, variable, field or function result
	Method string // "" unless an interface's
	Mask   Kind   // the kinds that do not pass
	Chain  []string
}

// ID names the call, with what does not pass it.
func (o *Open) ID() string { return o.Key + "." + o.Method + "#" + strconv.Itoa(int(o.Mask)) }

// Describe says for people what is called.
func (o *Open) Describe() string {
	s := o.Key[2:]
	if o.Method != "" {
		s += "." + o.Method
	}
	var masked []string
	for i := range kinds {
		if note := kinds[i].Masked; note != "" && o.Mask&(1<<i) != 0 {
			masked = append(masked, " ("+note+")")
		}
	}
	return s + strings.Join(masked, "")
}

// Reach is what a root reaches: effects, and open calls.
type Reach struct {
	Effects []*Effect
	Opens   []*Open
}
