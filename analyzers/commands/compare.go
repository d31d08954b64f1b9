package commands

import (
	"fmt"
	"go/token"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/structure"
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
		if is == nil || was.Registered && !is.Registered && !to.OpenWorkflows {
			if was.Registered && !to.registersOtherwise() {
				b := Break{Workflow: name, Old: was.Pos, Message: "workflow " + name + " is gone: its running executions have no code; keep it until they have ended, or register the new function under the old name"}
				if is != nil {
					b.Pos = is.Pos
					b.Message = "nothing registers workflow " + name + " any more: its running executions wait for a worker that never comes; keep it registered until they have ended"
				}
				all = append(all, b)
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

// within reports whether a command is part of something else, such as a choice.
func within(it, in *structure.Item) bool {
	return it != nil && in != nil && it.Kind == structure.Command && in.Kind != structure.Command && in.Has(it)
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
	old, next := from.commandsOf(was), to.commandsOf(is)
	if old == nil || next == nil {
		return Break{}, false
	}
	oldVersions, newVersions := structure.Versions(old), structure.Versions(next)
	for _, v := range structure.Combinations(oldVersions) {
		if b, ok := unsupported(newVersions, oldVersions, v, is); ok {
			return b, true
		}
		a, b := structure.Normal(structure.Concrete(old, v)), structure.Normal(structure.Concrete(next, v))
		a = append([]structure.Item{}, structure.Handlers(a, nil)...)
		b = structure.Handlers(b, a)
		if structure.Text(a) == structure.Text(b) || structure.Text(structure.Sorted(a)) == structure.Text(structure.Sorted(b)) {
			continue
		}
		d := structure.Compare(a, b, "")
		if d.Pos == token.NoPos {
			d.Pos = is.Pos
		}
		br := Break{Message: message(&d, is.Name, v, oldVersions, newVersions), Pos: d.Pos, Old: d.Old}
		if len(outdated(v, oldVersions)) == 0 { // a gate would keep the newest from the new code as well
			br.Fixes = gate(from, to, &d, newVersions)
		}
		return br, true
	}
	return Break{}, false
}

// unsupported finds a version that executions may have and that the new code refuses.
func unsupported(newVersions, oldVersions map[string]structure.Item, versions map[string]int, w *Workflow) (Break, bool) {
	var ids []string
	for id := range newVersions {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		v := newVersions[id]
		have, known := versions[id]
		if !known {
			have = structure.DefaultVersion
		}
		if have >= v.Min && have <= v.Max {
			continue
		}
		b := Break{Pos: v.Pos}
		switch {
		case !known:
			b.Message = fmt.Sprintf("workflow %s: change %q has the minimum version %d, and running executions have workflow.DefaultVersion: they panic when they come here; start with DefaultVersion", w.Name, id, v.Min)
		default:
			b.Old = oldVersions[id].Pos
			b.Message = fmt.Sprintf("workflow %s: change %q does not allow %s any more, which running executions may have: they panic when they come here", w.Name, id, versionName(have))
		}
		return b, true
	}
	return Break{}, false
}

// happened says what is different.
func happened(d *structure.Difference) string {
	was, is := structure.Describe(d.Was), structure.Describe(d.Is)
	gone, added, _ := d.Changed()
	switch {
	case d.Was == nil && d.Is == nil:
		return "its commands are others"
	case len(gone) == 0 && len(added) > 0 && d.Was != nil && d.Was.Kind == structure.Command:
		return is + " is new, before " + was
	case len(added) == 0 && len(gone) > 0, d.Is == nil:
		return was + " is gone"
	case within(d.Was, d.Is):
		return was + " is in " + is + " now"
	case within(d.Is, d.Was):
		return is + " is not in " + was + " any more"
	case d.Was == nil:
		return is + " is new"
	}
	return is + " stands where " + was + " was"
}

// outdated are the versions among those of an execution that are not the newest of the old code:
// executions with the newest are as they were.
func outdated(versions map[string]int, old map[string]structure.Item) []string {
	var ids []string
	for id, v := range old {
		if versions[id] < v.Max {
			ids = append(ids, fmt.Sprintf("%q %s", id, versionName(versions[id])))
		}
	}
	sort.Strings(ids)
	return ids
}

func versionName(n int) string {
	if n == structure.DefaultVersion {
		return "workflow.DefaultVersion"
	}
	return fmt.Sprintf("version %d", n)
}

// message says what is different, and how to keep running executions.
func message(d *structure.Difference, workflow string, versions map[string]int, old, next map[string]structure.Item) string {
	what := happened(d)
	if d.After != "" {
		what += ", after " + d.After
	}
	mend := `gate the change with workflow.GetVersion(ctx, "change", workflow.DefaultVersion, 1)`
	var without []string
	for id := range old {
		if _, ok := next[id]; !ok {
			without = append(without, fmt.Sprintf("%q %s", id, versionName(versions[id])))
		}
	}
	if len(without) == 0 {
		without = outdated(versions, old)
	}
	if sort.Strings(without); len(without) > 0 {
		mend = "keep what executions with " + strings.Join(without, ", ") + " do until they have ended"
	}
	return fmt.Sprintf("workflow %s: %s: executions that are past it fail on replay; %s", workflow, what, mend)
}
