package workflowcontext

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/contexts"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// cleanup looks for commands on a context that is cancelled: any that comes from outside of
// the body, or the one that is known to be.
func (r *rule) cleanup(body *ast.BlockStmt, known *types.Var, where string) {
	if contexts.Disconnects(r.info, body) {
		return
	}
	fine := r.successes(body)
	ast.Inspect(body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			what := r.starts(x)
			if what == "" || slices.ContainsFunc(fine, func(in flow.Region) bool { return in.Has(x.Pos()) }) {
				return true
			}
			v := contexts.Origin(r.info, x.Args[0])
			outside := v != nil && !contains(body, v.Pos()) && r.keepsAll(x.Args[0])
			if outside && (known == nil || known == v) && !r.isDisconnected(v, nil) {
				r.reportCleanup(x, what, where, v)
			}
		}
		return true
	})
}

// successes are where an error from outside of a body is nil: a workflow that has been cancelled does
// not come there.
func (r *rule) successes(body *ast.BlockStmt) []flow.Region {
	var all []flow.Region
	if !slices.ContainsFunc(body.List, func(s ast.Stmt) bool { _, ok := s.(*ast.IfStmt); return ok }) {
		return nil
	}
	for k := range flow.New(r.info, body).Known() {
		cmp, ok := k.Expr.(*ast.BinaryExpr)
		if !ok || syntax.TestsError(r.info, cmp) != cmp.Op || (cmp.Op == token.EQL) != k.Holds {
			continue
		}
		if v := syntax.Var(r.info, cmp.X); v != nil && !contains(body, v.Pos()) {
			all = append(all, k.In)
		}
	}
	return all
}

func (r *rule) reportCleanup(call *ast.CallExpr, what, where string, v *types.Var) {
	r.rep.Report(report.Finding{Pos: call.Pos(), End: call.End(), Message: what + " in " + where + " runs on " + v.Name() +
		", which is cancelled if the workflow is: the clean-up fails at once; use workflow.NewDisconnectedContext"})
}

// starts names what a call starts on its first argument, in a function of the program if it is
// one, or is "".
func (r *rule) starts(call *ast.CallExpr) string {
	invoke, helper := r.contexts.Starts(r.info, call)
	switch {
	case invoke == contexts.Step:
		return types.ExprString(call.Fun)
	case invoke == "":
		return ""
	case helper:
		return "workflow." + invoke + " (" + syntax.Callee(r.info, call).Name() + ")"
	}
	return "workflow." + invoke
}

// keepsAll reports whether a context that is made in place is cancelled with what it is made of.
func (r *rule) keepsAll(x ast.Expr) bool {
	for {
		call, ok := ast.Unparen(x).(*ast.CallExpr)
		if !ok {
			return true
		}
		fn := syntax.Callee(r.info, call)
		if fn == nil || !r.contexts.Keeps(fn) || len(call.Args) == 0 {
			return false
		}
		x = call.Args[0]
	}
}

// isDisconnected reports whether a context may be one that cancellation does not reach: it is
// made by NewDisconnectedContext, or by something that is not known. seen are variables that are
// asked already: ctx may be made of saved, and saved of ctx.
func (r *rule) isDisconnected(v *types.Var, seen []*types.Var) bool {
	if slices.Contains(seen, v) {
		return false
	}
	seen = append(seen, v)
	for _, value := range r.valuesOf(v) {
		if !r.keepsAll(value) {
			return true
		}
		if other := contexts.Origin(r.info, value); other != nil && r.isDisconnected(other, seen) {
			return true
		}
	}
	return false
}

// valuesOf are what a variable is assigned: ctx, _ := f() is its first value.
func (r *rule) valuesOf(v *types.Var) []ast.Expr {
	all := append([]ast.Expr{r.names.First(v)}, r.names.Values(v)...)
	return slices.DeleteFunc(all, func(x ast.Expr) bool { return x == nil })
}

// cancelled is the context that a condition has found to be cancelled, or nil.
func (r *rule) cancelled(cond ast.Expr) *types.Var {
	switch x := ast.Unparen(cond).(type) {
	case *ast.BinaryExpr: // ctx.Err() != nil
		if x.Op == token.NEQ && syntax.IsNil(x.Y) {
			return r.asked(r.valueAt(cond.Pos(), x.X))
		}
	case *ast.CallExpr: // errors.Is(err, workflow.ErrCanceled), temporal.IsCanceledError(err), errors.As(err, &canceled)
		fn := syntax.Callee(r.info, x)
		if fn == nil || len(x.Args) == 0 {
			return nil
		}
		err := r.valueAt(cond.Pos(), x.Args[0])
		if v := r.asked(err); v != nil && (fn.Name() == "Is" || fn.Name() == "IsCanceledError") {
			return v
		}
		if fn.Name() == "IsCanceledError" || len(x.Args) == 2 && r.isCanceled(x.Args[1]) {
			return r.runsOn(err)
		}
	}
	return nil
}

// valueAt is what a variable was last assigned before a place, or x itself.
func (r *rule) valueAt(pos token.Pos, x ast.Expr) ast.Expr {
	v := syntax.Var(r.info, x)
	if v == nil {
		return x
	}
	var last ast.Expr
	for _, value := range r.valuesOf(v) {
		if value.Pos() < pos && (last == nil || last.Pos() < value.Pos()) {
			last = value
		}
	}
	return last
}

// asked is ctx in ctx.Err(), or nil.
func (r *rule) asked(x ast.Expr) *types.Var {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Err" || !r.isContext(sel.X) {
		return nil
	}
	return syntax.Var(r.info, sel.X)
}

// isCanceled reports whether x is workflow.ErrCanceled, or the address of a *temporal.CanceledError.
func (r *rule) isCanceled(x ast.Expr) bool {
	if u, ok := ast.Unparen(x).(*ast.UnaryExpr); ok {
		t := r.info.TypeOf(u.X)
		return t != nil && sdk.IsNamed(syntax.Deref(t), "CanceledError")
	}
	v, ok := r.info.Uses[syntax.Named(x)].(*types.Var)
	return ok && sdk.InSDK(v.Pkg()) && v.Name() == "ErrCanceled"
}

// runsOn is the workflow's own context, if that is what a call runs on whose error is a
// cancellation: one that the code cancels itself says nothing of others.
func (r *rule) runsOn(x ast.Expr) *types.Var {
	if x == nil {
		return nil
	}
	var v *types.Var
	own := true
	var look func(x ast.Node, depth int)
	look = func(x ast.Node, depth int) {
		ast.Inspect(x, func(y ast.Node) bool {
			id, _ := y.(*ast.Ident)
			u, ok := r.info.Uses[id].(*types.Var)
			switch {
			case !ok:
			case sdk.IsWorkflowContext(u.Type()):
				u = r.base(u, 0)
				own = own && (v == nil || v == u)
				v = u
			case sdk.IsNamed(u.Type(), "Future", "ChildWorkflowFuture"): // f.Get(ctx, nil)
				if value := r.names.Value(u); value != nil && depth < 4 {
					look(value, depth+1)
				} else {
					own = false
				}
			}
			_, isClosure := y.(*ast.FuncLit)
			return !isClosure
		})
	}
	look(x, 0)
	if v == nil || !own {
		return nil
	}
	for _, value := range r.valuesOf(v) {
		if r.keptFrom(value) != v {
			return nil
		}
	}
	return v
}

// base is the context that another one is made of which is cancelled with it, or v itself.
func (r *rule) base(v *types.Var, depth int) *types.Var {
	values := r.valuesOf(v)
	if len(values) != 1 || depth > 4 {
		return v
	}
	if from := r.keptFrom(values[0]); from != nil && from != v {
		return r.base(from, depth+1)
	}
	return v
}

// keptFrom is the context that a call is given whose result is cancelled with that one, and not
// by itself; nil if there is none.
func (r *rule) keptFrom(x ast.Expr) *types.Var {
	call, ok := ast.Unparen(x).(*ast.CallExpr)
	if !ok {
		return nil
	}
	if fn := syntax.Callee(r.info, call); fn == nil || strings.HasPrefix(fn.Name(), "WithCancel") || !r.contexts.Keeps(fn) {
		return nil
	}
	return contexts.Origin(r.info, call)
}
