package contexts

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// beats reports whether the activities that a call executes record heartbeats.
func (r *reader) beats(call *ast.CallExpr) bool {
	for _, fn := range r.uses[call] {
		if does, _ := r.Does(fn, Heartbeat); does {
			return true
		}
	}
	return false
}

// neverBeats reports whether they are known not to: they have been read, and call nothing that
// is not known.
func (r *reader) neverBeats(call *ast.CallExpr) bool {
	for _, fn := range r.uses[call] {
		recv := fn.Signature().Recv()
		if recv != nil && types.IsInterface(recv.Type()) || !r.IsRead(fn.Pkg()) {
			return false
		}
		for _, kind := range []facts.Kind{Heartbeat, MayHeartbeat} {
			if does, may := r.Does(fn, kind); does || may {
				return false
			}
		}
	}
	return len(r.uses[call]) > 0
}

// judgeWorkflow reports what a workflow of another package executes on its own context: nobody has
// given that one options. Where the workflow is registered, it is known to be one.
func (r *reader) judgeWorkflow(registration ast.Node, fn *types.Func) {
	for _, ru := range r.of(fn).Runs {
		if ru.Param > 0 || slices.ContainsFunc(r.result.Executions, func(have Execution) bool { return have.Run != nil && have.Run.ID() == ru.ID() }) {
			continue
		}
		e := Execution{Pos: registration.Pos(), End: registration.End(), Problem: NoOptions, Local: ru.Local, Activity: ru.Activity, Run: &ru}
		if ru.Other {
			e.Problem = OtherOptions
		}
		r.result.Executions = append(r.result.Executions, e)
	}
}

// hasOther reports whether a context has options of another kind than an activity needs.
func (st state) hasOther(local bool) bool {
	return st.Child || local && st.Remote.Given || !local && st.Local.Given
}

// judge reports options that cannot work.
func (r *reader) judge(call *ast.CallExpr, fn *types.Func, ru Run, st state) {
	o := st.Remote
	if ru.Local {
		o = st.Local
	}
	if st.Unknown && !o.Given {
		return
	}
	e := Execution{Pos: call.Pos(), End: call.End(), Call: call, Local: ru.Local, Activity: ru.Activity, Update: st.Update}
	if !sdk.InSDK(fn.Pkg()) {
		e.Through = fn.Name()
	}
	switch {
	case !o.Given && o.Timeout == unset && !st.Relative:
		e.Problem = NoOptions
		if st.hasOther(ru.Local) {
			e.Problem = OtherOptions
		}
	case !o.Given:
		return
	case o.Timeout == unset:
		e.Problem = NoTimeout
	case ru.Local:
		return
	case o.Heartbeat == unset && ru.Beats:
		e.Problem = NoHeartbeat
	case o.Heartbeat == set && o.pos.IsValid():
		if ru.Beats || e.Through != "" || !r.neverBeats(call) {
			r.beating[o.pos] = true
			return
		}
		e.Problem, e.options = UnusedHeartbeat, o.pos
	default:
		return
	}
	if o.pos.IsValid() && e.Problem == NoTimeout {
		e.Pos, e.End = o.pos, o.end
	}
	if !r.reported[e.Pos] {
		r.reported[e.Pos] = true
		r.result.Executions = append(r.result.Executions, e)
	}
}
