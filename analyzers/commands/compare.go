package commands

import (
	"fmt"
	"go/token"
	"maps"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A Break is what running executions of a workflow do not survive.
type Break struct {
	Workflow string
	Message  string
	Pos      token.Pos // in the new program; invalid if the workflow is gone
	Old      token.Pos // in the old program, if something there says more
	Fixes    []analysis.SuggestedFix
}

// Compare returns the breaks of replay between two revisions, by workflow.
func Compare(from, to *Program) []Break {
	var all []Break
	for _, name := range from.Names() {
		was := from.Workflows[name]
		is := to.Workflows[name]
		if is == nil {
			if was.Registered && !to.registersOtherwise() {
				all = append(all, Break{Workflow: name, Old: was.Pos, Message: "workflow " + name + " is gone: its running executions have no code; keep it until they have ended, or register the new function under the old name"})
			}
			continue
		}
		if b, ok := compareWorkflow(from, to, was, is); ok {
			b.Workflow = name
			all = append(all, b)
		}
	}
	return all
}

// registersOtherwise reports whether the program registers nothing that is known.
func (p *Program) registersOtherwise() bool {
	for _, w := range p.Workflows {
		if w.Registered {
			return false
		}
	}
	return true
}

func compareWorkflow(from, to *Program, was, is *Workflow) (Break, bool) {
	old, next := from.structure(was), to.structure(is)
	if old == nil || next == nil {
		return Break{}, false
	}
	oldVersions, newVersions := versionsOf(old), versionsOf(next)
	for _, v := range combinations(oldVersions) {
		if b, ok := unsupported(newVersions, oldVersions, v, is); ok {
			return b, true
		}
		a, b := normal(concrete(old, v)), normal(concrete(next, v))
		if text(a) == text(b) {
			continue
		}
		d := differ(a, b, "")
		if d.pos == token.NoPos {
			d.pos = is.Pos
		}
		return Break{Message: d.message(is.Name, v, oldVersions, newVersions), Pos: d.pos, Old: d.old, Fixes: to.gate(&d, newVersions)}, true
	}
	return Break{}, false
}

// versionsOf are the calls of GetVersion in a structure, by change id.
func versionsOf(items []item) map[string]item {
	found := make(map[string]item)
	var visit func([]item)
	visit = func(items []item) {
		for _, it := range items {
			if it.kind == version {
				if have, ok := found[it.text]; ok {
					it.min, it.max = min(it.min, have.min), max(it.max, have.max)
				}
				found[it.text] = it
			}
			visit(it.body)
			for _, alt := range it.alts {
				visit(alt.items)
			}
		}
	}
	visit(items)
	return found
}

// maxCombinations bounds the versions that are tried together.
const maxCombinations = 64

// combinations are the versions that running executions may have, by what the old code
// allows. Where those are too many, one is varied at a time.
func combinations(versions map[string]item) []map[string]int {
	var ids []string
	total := 1
	for id, v := range versions {
		ids = append(ids, id)
		total *= max(1, v.max-v.min+1)
	}
	sort.Strings(ids)
	all := []map[string]int{{}}
	if total > maxCombinations {
		latest := make(map[string]int)
		for _, id := range ids {
			latest[id] = versions[id].max
		}
		all = []map[string]int{latest}
		for _, id := range ids {
			for n := versions[id].min; n < versions[id].max; n++ {
				if isGap(versions[id], n) {
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
			// The newest first: most executions have it.
			for n := versions[id].max; n >= versions[id].min; n-- {
				if isGap(versions[id], n) {
					continue
				}
				one := maps.Clone(have)
				one[id] = n
				next = append(next, one)
			}
		}
		all = next
	}
	return all
}

// isGap reports whether no execution has a version that a range allows: 0 stands between
// DefaultVersion, which is -1, and 1, the first version that anybody gives.
func isGap(v item, n int) bool { return n == 0 && v.min < 0 && v.max > 0 }

// unsupported finds a version that executions may have and that the new code refuses.
func unsupported(newVersions, oldVersions map[string]item, versions map[string]int, w *Workflow) (Break, bool) {
	var ids []string
	for id := range newVersions {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		v := newVersions[id]
		have, known := versions[id]
		if !known {
			have = defaultVersion
		}
		if have >= v.min && have <= v.max {
			continue
		}
		b := Break{Pos: v.pos}
		switch {
		case !known:
			b.Message = fmt.Sprintf("workflow %s: change %q has the minimum version %d, and running executions have workflow.DefaultVersion: they panic when they come here; start with DefaultVersion", w.Name, id, v.min)
		default:
			b.Old = oldVersions[id].pos
			b.Message = fmt.Sprintf("workflow %s: change %q does not allow version %d any more, which running executions may have: they panic when they come here", w.Name, id, have)
		}
		return b, true
	}
	return Break{}, false
}

// A difference is the first in two structures.
type difference struct {
	old, pos token.Pos
	was, is  *item
	after    string // the last command that both have

	rest, next []item // what follows in the old structure, and in the new one
}

// differ finds the first difference.
func differ(a, b []item, after string) difference {
	for i := 0; ; i++ {
		switch {
		case i >= len(a) && i >= len(b):
			return difference{after: after}
		case i >= len(a):
			return difference{pos: b[i].pos, is: &b[i], after: after, next: b[i:]}
		case i >= len(b):
			return difference{old: a[i].pos, was: &a[i], after: after}
		}
		x, y := &a[i], &b[i]
		if x.String() == y.String() {
			if x.kind == command {
				after = x.String()
			}
			continue
		}
		if x.kind == y.kind {
			switch x.kind {
			case loop, coroutine, callback:
				return differ(x.body, y.body, after)
			case choice:
				if d, ok := differBranches(x, y, after); ok {
					return d
				}
			}
		}
		return difference{old: x.pos, pos: y.pos, was: x, is: y, after: after, rest: a[i:], next: b[i:]}
	}
}

func differBranches(x, y *item, after string) (difference, bool) {
	if len(x.alts) != len(y.alts) {
		return difference{}, false
	}
	for i := range x.alts {
		if text(x.alts[i].items) != text(y.alts[i].items) {
			d := differ(x.alts[i].items, y.alts[i].items, after)
			if d.pos == token.NoPos {
				d.pos = y.pos
			}
			return d, true
		}
	}
	return difference{}, false
}

// message says what is different, and how to keep running executions.
func (d *difference) message(workflow string, versions map[string]int, old, next map[string]item) string {
	var what string
	was, is := describe(d.was), describe(d.is)
	switch {
	case d.was == nil && d.is == nil:
		what = "its commands are others"
	case d.was == nil:
		what = is + " is new"
	case d.is == nil:
		what = was + " is gone"
	default:
		what = is + " stands where " + was + " was"
	}
	if d.after != "" {
		what += ", after " + d.after
	}
	mend := `gate the change with workflow.GetVersion(ctx, "change", workflow.DefaultVersion, 1)`
	var gone []string
	for id := range old {
		if _, ok := next[id]; !ok {
			gone = append(gone, fmt.Sprintf("%q version %d", id, versions[id]))
		}
	}
	if sort.Strings(gone); len(gone) > 0 {
		mend = "keep what executions with " + strings.Join(gone, ", ") + " do until they have ended"
	}
	return fmt.Sprintf("workflow %s: %s: executions that are past it fail on replay; %s", workflow, what, mend)
}

// describe names an item for people.
func describe(it *item) string {
	if it == nil {
		return ""
	}
	switch it.kind {
	case command:
		return it.String()
	case wait:
		return "waiting for a result"
	case choice:
		return "a choice"
	case loop:
		return "a loop"
	case coroutine:
		return "a coroutine"
	case callback:
		return "a " + it.text
	case end:
		return "the end of the workflow"
	case leave:
		return "a " + it.text
	case opaque:
		return "a call of " + strings.TrimPrefix(it.text, "call ")
	}
	return "a version"
}
