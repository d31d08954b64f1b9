package commands

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"sort"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// CompareWire returns the payloads that do not fit between two revisions: what histories have
// and the new code does not read, and what a rolling deployment hands to old workers.
func CompareWire(from, to *Program) []Break {
	var all []Break
	c := &comparer{from.packages}
	for _, name := range sortedNames(from.Activities) {
		was, is := from.Activities[name], to.Activities[name]
		switch {
		case is.Sig != nil:
			all = append(all, c.signature("activity "+name, was.Sig, is.Sig, is.Pos, was.Pos)...)
		case was.Registered && to.registersActivities():
			all = append(all, Break{Workflow: name, Old: was.Pos, Message: "activity " + name + " is gone: executions that have scheduled it, or do so on replay of old code, wait for a worker that never comes; keep it registered until they have ended"})
		}
	}
	for _, name := range from.Names() {
		if is := to.Workflows[name]; is != nil {
			was := from.Workflows[name]
			all = append(all, c.signature("workflow "+name, was.Sig, is.Sig, is.Pos, was.Pos)...)
		}
	}
	return all
}

func sortedNames(m map[string]Activity) []string {
	var list []string
	for name := range m {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

func (p *Program) registersActivities() bool {
	for _, a := range p.Activities {
		if a.Registered {
			return true
		}
	}
	return false
}

// A comparer compares types of two revisions.
type comparer struct {
	own map[string]bool // packages of the program, by path
}

// unchanged reports whether a type is the same at both revisions: it has the same name, and is
// another module's, or an interface, of which only the value's type says how it is written.
func (c *comparer) unchanged(from, to types.Type) bool {
	if types.TypeString(from, nil) != types.TypeString(to, nil) {
		return false
	}
	for {
		switch t := types.Unalias(from).(type) {
		case *types.Pointer:
			from = t.Elem()
		case *types.Slice:
			from = t.Elem()
		case *types.Named:
			return t.Obj().Pkg() == nil || !c.own[t.Obj().Pkg().Path()] || types.IsInterface(t)
		default:
			return false
		}
	}
}

// payloadsOf are the parameters after the context, and the result, nil if there is none.
func payloadsOf(sig *types.Signature) (params []*types.Var, result types.Type) {
	for i := range sig.Params().Len() {
		if i > 0 || !names.TakesContext(sig) {
			params = append(params, sig.Params().At(i))
		}
	}
	if sig.Results().Len() == 2 {
		result = sig.Results().At(0).Type()
	}
	return params, result
}

func (c *comparer) signature(what string, was, is *types.Signature, pos, old token.Pos) []Break {
	oldParams, oldResult := payloadsOf(was)
	newParams, newResult := payloadsOf(is)
	report := func(format string, args ...any) []Break {
		return []Break{{Workflow: what, Pos: pos, Old: old, Message: what + ": " + fmt.Sprintf(format, args...)}}
	}
	if v, from, to := moved(oldParams, newParams); v != "" {
		return report("parameter %s was the %s and is the %s: running executions send it in its old place; add parameters at the end", v, ordinal(from), ordinal(to))
	}
	for i := range min(len(oldParams), len(newParams)) {
		if reason := c.unreadable(oldParams[i].Type(), newParams[i].Type()); reason != "" {
			return report("argument %d of running executions cannot be read any more: %s", i+1, reason)
		}
	}
	if len(newParams) < len(oldParams) {
		return report("it takes %d arguments, and running executions send %d: the last are dropped", len(newParams), len(oldParams))
	}
	if oldResult != nil && newResult != nil {
		if reason := c.unreadable(oldResult, newResult); reason != "" {
			return report("results in histories cannot be read any more: %s", reason)
		}
	}
	// The other direction: new code runs beside old workers for a while.
	for i := range min(len(oldParams), len(newParams)) {
		if reason := c.pair(newParams[i].Type(), oldParams[i].Type()); reason != "" {
			return report("while old workers run, they cannot read argument %d of new executions: %s", i+1, reason)
		}
	}
	return nil
}

func ordinal(i int) string {
	names := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"}
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%dth", i+1)
}

// moved finds a parameter that has another place, by its name and type.
func moved(old, next []*types.Var) (name string, from, to int) {
	at := make(map[string]int)
	for i, v := range next {
		at[v.Name()] = i
	}
	for i, v := range old {
		j, ok := at[v.Name()]
		if ok && i != j && v.Name() != "" && v.Name() != "_" && (i >= len(next) || next[i].Name() != v.Name()) {
			return v.Name(), i, j
		}
	}
	return "", 0, 0
}

// unreadable says why what one type writes is not what another reads, "" if it is.
func (c *comparer) unreadable(from, to types.Type) string {
	if reason := c.pair(from, to); reason != "" {
		return reason
	}
	return c.renamed(from, to, "", 0)
}

// pair is what a change does to what can be read: what could not be read before is none of its
// doing.
func (c *comparer) pair(from, to types.Type) string {
	if c.unchanged(from, to) || wire.Check(from).Outcome != wire.OK {
		return ""
	}
	return wire.Revisions(from, to, c.unchanged)
}

// maxFields bounds the types that contain themselves.
const maxFields = 5

// renamed finds a field that is gone while another of the same type is new: what the old one
// held is lost.
func (c *comparer) renamed(from, to types.Type, path string, depth int) string {
	if c.unchanged(from, to) {
		return ""
	}
	from, to = syntax.Deref(from), syntax.Deref(to)
	if a, ok := syntax.Under[*types.Slice](from); ok {
		if b, ok := syntax.Under[*types.Slice](to); ok && depth < maxFields {
			return c.renamed(a.Elem(), b.Elem(), path, depth+1)
		}
		return ""
	}
	a, ok := syntax.StructOf(from)
	if !ok || depth > maxFields || wire.Root(from) != wire.JSON {
		return ""
	}
	b, ok := syntax.StructOf(to)
	if !ok {
		return ""
	}
	old, next := fieldsOf(a), fieldsOf(b)
	for _, key := range sortedFields(old) {
		if v := next[key]; v != nil {
			if reason := c.renamed(old[key].Type(), v.Type(), path+"."+old[key].Name(), depth+1); reason != "" {
				return reason
			}
			if reason := c.pair(old[key].Type(), v.Type()); reason != "" {
				return "field " + strings.TrimPrefix(path+"."+old[key].Name(), ".") + ": " + reason
			}
			continue
		}
		for _, other := range sortedFields(next) {
			if old[other] == nil && types.TypeString(next[other].Type(), nil) == types.TypeString(old[key].Type(), nil) {
				return "field " + strings.TrimPrefix(path+"."+old[key].Name(), ".") + " is gone, and " + next[other].Name() + " is new: if that is its new name, the value is lost"
			}
		}
	}
	return ""
}

// fieldsOf are the fields that encoding/json writes, by key.
func fieldsOf(st *types.Struct) map[string]*types.Var {
	found := make(map[string]*types.Var)
	for i := range st.NumFields() {
		f := st.Field(i)
		key, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get("json"), ",")
		if !f.Exported() || key == "-" || f.Anonymous() {
			continue
		}
		if key == "" {
			key = f.Name()
		}
		found[strings.ToLower(key)] = f // encoding/json reads without regard to case
	}
	return found
}

func sortedFields(m map[string]*types.Var) []string {
	var list []string
	for name := range m {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}

func signature(sig *types.Signature) string { return names.Signature(sig) }
