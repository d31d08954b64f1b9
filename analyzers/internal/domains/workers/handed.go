package workers

import (
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A worker may come from a method of an interface: factory.NewWorker(queue, options). It is a
// new one where what is bound to the interface makes it.

// noteOpen notes a variable that holds what such a method returns, if both kinds can be
// registered on it.
func (w *registrations) noteOpen(call *ast.CallExpr, stack []ast.Node) {
	if method, _ := forwards.Method(w.p.Info, call); method == nil || !registersBoth(syntax.FirstType(w.p.Info, call)) {
		return
	}
	if v := w.variable(call, stack); v != nil && w.open[v] == nil {
		w.open[v] = call
	}
}

// registersBoth reports whether a type has the methods of a worker.
func registersBoth(t types.Type) bool {
	if t == nil || !types.IsInterface(t) {
		return false
	}
	set := types.NewMethodSet(t)
	return set.Lookup(nil, "RegisterWorkflow") != nil && set.Lookup(nil, "RegisterActivity") != nil
}

// hand notes a worker that is one if what is bound to an interface makes it one.
func (w *registrations) hand(call *ast.CallExpr, mixed Mixed) {
	activities := ""
	if mixed.Activities {
		activities = "activities"
	}
	if id := forwards.Of(w.p.Package).Hand(call, call.Pos(), domain.Name, -1, []string{mixed.First, activities}); id != "" {
		w.p.handed[id] = mixed
	}
}

// split reports whether a call is given options of a worker that may not leave both kinds of
// tasks to it.
func (w *registrations) split(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if !sdk.IsNamed(w.p.Info.TypeOf(arg), "WorkerOptions", "Options") {
			continue
		}
		lit, ok := ast.Unparen(arg).(*ast.CompositeLit)
		if !ok {
			return true
		}
		for _, name := range []string{"DisableWorkflowWorker", "LocalActivityWorkerOnly"} {
			if x := syntax.Field(lit, name); x != nil && !w.isFalse(x.Value) {
				return true
			}
		}
	}
	return false
}

// meetHanded judges the workers that interfaces' methods make.
func (p *reader) meetHanded() {
	for _, m := range forwards.Of(p.Package).Meetings(domain.Name) {
		mixed, here := p.handed[m.ID()]
		if !here {
			mixed = Mixed{Pos: m.Pos, End: m.End, First: m.Data[0][0], Activities: m.Data[0][1] != "", Handed: &m.Handed}
		}
		p.mixed = append(p.mixed, mixed)
	}
}
