// Package wirebreak compares the payloads of two revisions of a program: what running executions
// and other workers have written must be read by the new code.
package wirebreak

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/commands"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/messages"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

// Compare returns the payloads that do not fit between two revisions: what histories have and
// the new code does not read, and what a rolling deployment hands to old workers.
func Compare(from, to *commands.Program) []commands.Break {
	var all []commands.Break
	c := &comparer{from.IsOwn}
	for _, name := range slices.Sorted(maps.Keys(from.Activities)) {
		was, is := from.Activities[name], to.Activities[name]
		switch {
		case is.Sig != nil && was.Registered && !is.Registered && registersActivities(to) && !to.OpenActivities:
			all = append(all, commands.Break{Workflow: name, Pos: is.Pos, Old: was.Pos, Message: "nothing registers activity " + name + " any more: executions that have scheduled it wait for a worker that never comes; keep it registered until they have ended"})
		case is.Sig != nil:
			all = append(all, c.signature("activity "+name, was.Sig, is.Sig, is.Pos, was.Pos)...)
		case was.Registered && registersActivities(to):
			all = append(all, commands.Break{Workflow: name, Old: was.Pos, Message: "activity " + name + " is gone: executions that have scheduled it, or do so on replay of old code, wait for a worker that never comes; keep it registered until they have ended"})
		}
	}
	for _, name := range from.Names() {
		if is := to.Workflows[name]; is != nil {
			was := from.Workflows[name]
			all = append(all, c.signature("workflow "+name, was.Sig, is.Sig, is.Pos, was.Pos)...)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(from.Handlers)) {
		was := from.Handlers[key]
		is, ok := to.Handlers[key]
		switch {
		case ok:
			all = append(all, c.signature(key, signature(was), signature(is), is.Pos, was.Pos)...)
		case to.Sends[key]:
			all = append(all, commands.Break{Workflow: key, Old: was.Pos, Message: key + " is sent, and no workflow reads it any more: it is lost, or fails; go on reading it until nothing sends it"})
		}
	}
	return all
}

// signature is what a handler takes and returns, written as a function.
func signature(h messages.Handler) *types.Signature {
	var params, results []*types.Var
	for _, t := range h.Args {
		if t != nil {
			params = append(params, types.NewParam(h.Pos, nil, "", t))
		}
	}
	if h.Result != nil {
		results = []*types.Var{types.NewParam(h.Pos, nil, "", h.Result), types.NewParam(h.Pos, nil, "", types.Universe.Lookup("error").Type())}
	}
	return types.NewSignatureType(nil, nil, nil, types.NewTuple(params...), types.NewTuple(results...), false)
}

func registersActivities(p *commands.Program) bool {
	for _, a := range p.Activities {
		if a.Registered {
			return true
		}
	}
	return false
}

// A comparer compares types of two revisions.
type comparer struct {
	own func(path string) bool // whether a package is of the program
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
			return t.Obj().Pkg() == nil || !c.own(t.Obj().Pkg().Path()) || types.IsInterface(t)
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

func (c *comparer) signature(what string, was, is *types.Signature, pos, old token.Pos) []commands.Break {
	oldParams, oldResult := payloadsOf(was)
	newParams, newResult := payloadsOf(is)
	kind, _, _ := strings.Cut(what, " ")
	writer := "running executions"
	if kind == "query" {
		writer = "callers of the old code" // histories have no queries
	}
	report := func(format string, args ...any) []commands.Break {
		return []commands.Break{{Workflow: what, Pos: pos, Old: old, Message: what + ": " + fmt.Sprintf(format, args...)}}
	}
	if v, from, to := moved(oldParams, newParams); v != "" {
		return report("parameter %s was the %s and is the %s: %s send it in its old place; add parameters at the end", v, ordinal(from), ordinal(to), writer)
	}
	for i := range min(len(oldParams), len(newParams)) {
		if reason := c.unreadable(oldParams[i].Type(), newParams[i].Type()); reason != "" {
			return report("argument %d of %s cannot be read any more: %s", i+1, writer, reason)
		}
	}
	if len(newParams) < len(oldParams) {
		return report("it takes %d arguments, and %s send %d: the last are dropped", len(newParams), writer, len(oldParams))
	}
	both := oldResult != nil && newResult != nil
	if both {
		if reason := c.result(kind, oldResult, newResult); reason != "" {
			return report("%s", reason)
		}
	}
	// The other direction: new code runs beside old workers for a while.
	for i := range min(len(oldParams), len(newParams)) {
		if reason := c.pair(newParams[i].Type(), oldParams[i].Type()); reason != "" {
			return report("while old workers run, they cannot read argument %d of new executions: %s", i+1, reason)
		}
	}
	if both && (kind == "activity" || kind == "workflow") {
		if reason := c.pair(newResult, oldResult); reason != "" {
			return report("while old workers run, they cannot read results of new ones: %s", reason)
		}
	}
	return nil
}

// result says why a result cannot be read: that of an activity or a workflow is in histories, that
// of a query or an update goes to callers of the old code.
func (c *comparer) result(kind string, was, is types.Type) string {
	if kind == "query" || kind == "update" {
		if reason := c.unreadable(is, was); reason != "" {
			return "callers of the old code cannot read its result any more: " + reason
		}
		return ""
	}
	if reason := c.unreadable(was, is); reason != "" {
		return "results in histories cannot be read any more: " + reason
	}
	return ""
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
	for _, key := range slices.Sorted(maps.Keys(old)) {
		if v := next[key]; v != nil {
			if reason := c.renamed(old[key].Type(), v.Type(), path+"."+old[key].Name(), depth+1); reason != "" {
				return reason
			}
			if reason := c.pair(old[key].Type(), v.Type()); reason != "" {
				return "field " + strings.TrimPrefix(path+"."+old[key].Name(), ".") + ": " + reason
			}
			continue
		}
		field := "field " + strings.TrimPrefix(path+"."+old[key].Name(), ".")
		if now, ok := writtenAs(b, old[key].Name(), 0); ok {
			return field + " was written as " + key + ", and is " + now + ": the value is lost"
		}
		if name := successor(old[key], old, next); name != "" {
			return field + " is gone, and " + name + " is new: if that is its new name, the value is lost"
		}
	}
	return ""
}

// successor is the name of a new field of the same type as one that is gone, or "".
func successor(gone *types.Var, old, next map[string]*types.Var) string {
	for _, key := range slices.Sorted(maps.Keys(next)) {
		if old[key] == nil && types.TypeString(next[key].Type(), nil) == types.TypeString(gone.Type(), nil) {
			return next[key].Name()
		}
	}
	return ""
}

// fieldsOf are the fields that encoding/json writes, by key: those of what is embedded, too.
func fieldsOf(st *types.Struct) map[string]*types.Var {
	found := make(map[string]*types.Var)
	addFields(st, found, 0)
	return found
}

func addFields(st *types.Struct, found map[string]*types.Var, depth int) {
	var embedded []*types.Struct
	for i := range st.NumFields() {
		f, key := st.Field(i), keyOf(st, i)
		if inner, ok := syntax.StructOf(f.Type()); ok && f.Anonymous() && key == "" {
			embedded = append(embedded, inner)
			continue
		}
		if key == "" {
			key = f.Name()
		}
		if key = strings.ToLower(key); f.Exported() && key != "-" && found[key] == nil { // encoding/json reads without regard to case
			found[key] = f
		}
	}
	for _, inner := range embedded { // what is further up wins
		if depth < maxFields {
			addFields(inner, found, depth+1)
		}
	}
}

// keyOf is the key that a field's tag gives it.
func keyOf(st *types.Struct, i int) string {
	key, _, _ := strings.Cut(reflect.StructTag(st.Tag(i)).Get("json"), ",")
	return key
}

// writtenAs says how a struct writes the field of a name, which it has, itself or in what it embeds.
func writtenAs(st *types.Struct, name string, depth int) (how string, ok bool) {
	for i := range st.NumFields() {
		f, key := st.Field(i), keyOf(st, i)
		if f.Name() == name {
			switch key {
			case "-":
				return "not written any more", true
			case "":
				key = name
			}
			return "written as " + key + " now", true
		}
	}
	for i := range st.NumFields() {
		inner, isStruct := syntax.StructOf(st.Field(i).Type())
		if key := keyOf(st, i); st.Field(i).Anonymous() && key != "" && isStruct && depth < maxFields {
			if _, ok := writtenAs(inner, name, depth+1); ok {
				return "written below " + key + " now", true
			}
		}
	}
	return "", false
}
