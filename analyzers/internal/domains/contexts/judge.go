package contexts

import (
	"go/ast"
	"go/types"

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

// judge reports options that cannot work.
func (r *reader) judge(call *ast.CallExpr, fn *types.Func, ru run, st state) {
	o, other := st.Remote, st.Local
	if ru.Local {
		o, other = st.Local, st.Remote
	}
	if st.Unknown && !o.Given {
		return
	}
	e := Execution{Pos: call.Pos(), End: call.End(), Call: call, Local: ru.Local, Activity: ru.Activity}
	if !sdk.InSDK(fn.Pkg()) {
		e.Through = fn.Name()
	}
	switch {
	case !o.Given && o.Timeout == unset && !st.Relative:
		e.Problem = NoOptions
		if other.Given || st.Child {
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
