package contexts

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// hand notes the options without a timeout that a method of an interface is given: the activity
// beside them is refused where what is bound to the interface executes it with them.
func (r *reader) hand(call *ast.CallExpr, fn *types.Func) {
	for i, arg := range call.Args {
		t := r.Info.TypeOf(arg)
		if t == nil || !isOptions(t) {
			continue
		}
		o := r.options(arg, 0)
		if o.Timeout != unset || r.Ignores("activityoptions", arg.Pos()) {
			continue
		}
		e := Execution{Pos: arg.Pos(), End: arg.End(), Call: call, Problem: NoTimeout, Local: sdk.IsNamed(t, "LocalActivityOptions"), Through: fn.Name()}
		if o.pos.IsValid() {
			e.Pos, e.End = o.pos, o.end
		}
		for _, beside := range call.Args[i+1:] {
			if sig, ok := r.Info.TypeOf(beside).(*types.Signature); ok && sig.Params().Len() > 0 {
				e.Activity = types.ExprString(beside)
				break
			}
		}
		if e.Activity == "" {
			continue // by name, or in a variable: what it executes may be anything
		}
		local := ""
		if e.Local {
			local = "local"
		}
		if id := r.forwards.Hand(call, e.Pos, domain.Name, i, []string{e.Activity, fn.Name(), local}); id != "" {
			r.handed[id] = e
		}
	}
}

// forward notes the methods that execute an activity with options that they are given, for calls
// through interfaces.
func (r *reader) forward() {
	for _, n := range r.Nodes {
		if n.Fn == nil {
			continue
		}
		for _, ru := range r.of(n.Fn).Runs {
			if ru.Param > 0 {
				r.forwards.Add(n.Fn, forwards.Forward{What: domain.Name, Param: ru.Param - 1})
			}
		}
	}
}

// meetHanded judges the calls of interfaces' methods whose implementation is known here.
func (r *reader) meetHanded() {
	for _, m := range r.forwards.Meetings(domain.Name) {
		e, here := r.handed[m.ID()]
		if !here {
			e = Execution{Pos: m.Pos, End: m.End, Problem: NoTimeout, Activity: m.Data[0][0], Through: m.Data[0][1], Local: m.Data[0][2] != "", Handed: &m.Handed}
		}
		if !here || !slices.ContainsFunc(r.result.Executions, func(have Execution) bool { return have.Pos == e.Pos }) {
			r.result.Executions = append(r.result.Executions, e)
		}
	}
}
