package workers

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// registration is one call that registers on a worker.
type registration struct {
	workflows bool
	what      string
	pos, end  token.Pos
	arms      []arm
	base      *types.Var // the local variable whose field the worker is, or nil
}

// findWorkers looks for workers on which both kinds are registered.
func (p *reader) findWorkers() {
	if !sdk.Imports(p.Pass.Pkg) || p.Testing {
		return
	}
	w := &registrations{
		Finder: Finder{Info: p.Info, Value: names.Of(p.Package).Value},
		p:      p,
		made:   make(map[*types.Var][]*ast.CallExpr),
		open:   make(map[*types.Var]*ast.CallExpr),
		regs:   make(map[*types.Var][]registration),
		splits: make(map[string]bool),
	}
	w.assigned = w.Assigned(p.Files)
	w.findSplits(p.Files)
	for _, n := range p.Nodes {
		if n.Outer == nil {
			w.Made(n.Body, func(call *ast.CallExpr, holder *types.Var) { w.made[holder] = append(w.made[holder], call) })
		}
	}
	// A helper may call one that stands below it.
	for range 3 {
		clear(w.regs)
		for _, n := range p.Nodes {
			if n.Outer == nil {
				w.read(n)
			}
		}
		for _, n := range p.Nodes {
			if n.Fn != nil {
				w.summarize(n)
			}
		}
	}
	var holders []*types.Var
	for v := range w.regs {
		holders = append(holders, v)
	}
	sort.Slice(holders, func(i, j int) bool { return holders[i].Pos() < holders[j].Pos() })
	for _, v := range holders {
		w.judge(v)
	}
}

type registrations struct {
	Finder
	p        *reader
	assigned map[*types.Var]map[string]ast.Expr
	made     map[*types.Var][]*ast.CallExpr
	open     map[*types.Var]*ast.CallExpr // see noteOpen
	regs     map[*types.Var][]registration
	splits   map[string]bool // fields of options that are set anywhere
}

// read collects the registrations of a function and its closures.
func (w *registrations) read(n *callgraph.Node) {
	ast.PreorderStack(n.Body, nil, func(x ast.Node, stack []ast.Node) bool {
		call, ok := x.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn := syntax.Callee(w.p.Info, call)
		if fn == nil {
			return true
		}
		add := func(holder *types.Var, workflows bool, what string) {
			if holder != nil && what != "" {
				w.regs[holder] = append(w.regs[holder], registration{workflows, what, call.Pos(), call.End(), armsOf(stack), w.base(call, holder)})
			}
		}
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
			if kind := w.direct(fn); kind.Register() {
				add(w.Receiver(sel), kind == sdk.RegisterWorkflow, fn.Name()+" at "+w.p.PlaceOf(call.Pos()).Short())
				return true
			}
		}
		w.noteOpen(call, stack)
		for _, r := range w.registersOf(fn) {
			var holder *types.Var
			switch {
			case r.Param < 0:
				holder = w.result(call, stack)
			case r.Param < len(call.Args):
				holder = w.Holder(call.Args[r.Param])
			}
			add(holder, true, r.Workflows)
			add(holder, false, r.Activities)
		}
		return true
	})
}

// direct is the kind of registration that calling a method is.
func (w *registrations) direct(fn *types.Func) sdk.Kind {
	if c, ok := sdk.CallOf(fn); ok {
		return c.Kind
	}
	if c, ok := sdk.LooksLikeRegistry(fn); ok {
		return c.Kind
	}
	return sdk.None
}

func (w *registrations) registersOf(fn *types.Func) []registers {
	if fn.Pkg() != w.p.Pass.Pkg {
		return w.p.summaryOf(fn).Registers
	}
	if n := w.p.NodeOf(fn); n != nil {
		return w.p.registers[n]
	}
	return nil
}

// result is the variable that is assigned the worker that a call makes.
func (w *registrations) result(call *ast.CallExpr, stack []ast.Node) *types.Var {
	v := w.variable(call, stack)
	if v != nil && len(w.made[v]) == 0 {
		w.made[v] = append(w.made[v], call)
	}
	return v
}

// variable is the variable that a call's result is assigned to.
func (w *registrations) variable(call *ast.CallExpr, stack []ast.Node) *types.Var {
	if len(stack) == 0 {
		return nil
	}
	if a, ok := stack[len(stack)-1].(*ast.AssignStmt); ok && len(a.Rhs) == 1 && a.Rhs[0] == call {
		return w.Holder(a.Lhs[0])
	}
	return nil
}

// summarize notes what a function registers on its parameters, or on the worker that
// it returns.
func (w *registrations) summarize(n *callgraph.Node) {
	delete(w.p.registers, n)
	params := n.Fn.Signature().Params()
	for i := range params.Len() {
		w.add(n, i, w.regs[params.At(i)])
	}
	for ret := range syntax.Returns(n.Body) {
		if len(ret.Results) == 0 {
			continue
		}
		if call, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr); ok && w.IsNew(call) && w.takesBoth(call) && len(w.p.registers[n]) == 0 {
			w.add(n, -1, nil)
			continue
		}
		v := w.Holder(ret.Results[0])
		if v != nil && !v.IsField() && len(w.made[v]) > 0 && w.unsplit(v) && len(w.p.registers[n]) == 0 {
			w.add(n, -1, w.regs[v])
		}
	}
}

func (w *registrations) add(n *callgraph.Node, param int, regs []registration) {
	r := registers{Param: param}
	for i := range regs {
		what := &r.Activities
		if regs[i].workflows {
			what = &r.Workflows
		}
		if *what == "" {
			*what = regs[i].what
		}
	}
	if param < 0 {
		forwards.Of(w.p.Package).Add(n.Fn, forwards.Forward{What: domain.Name, Param: -1})
	}
	// A worker that is returned with both is reported where it is made.
	both, none := r.Workflows != "" && r.Activities != "", r.Workflows == "" && r.Activities == ""
	if param < 0 && !both || param >= 0 && !none {
		w.p.registers[n] = append(w.p.registers[n], r)
	}
}

// unsplit reports whether the options of all workers that a variable holds leave both
// kinds of tasks to them.
func (w *registrations) unsplit(v *types.Var) bool {
	for _, call := range w.made[v] {
		// A function that makes one says so itself.
		if w.IsNew(call) && !w.takesBoth(call) {
			return false
		}
	}
	return true
}

// takesBoth reports whether the options of a new worker leave both kinds of tasks to it.
func (w *registrations) takesBoth(call *ast.CallExpr) bool {
	o := w.OptionsOf(call, w.assigned)
	for _, name := range []string{"DisableWorkflowWorker", "LocalActivityWorkerOnly"} {
		if x, ok := o.Set[name]; ok && !w.isFalse(x) || !o.Known && (w.splits[name] || w.isForeign(call.Args[len(call.Args)-1])) {
			return false
		}
	}
	return true
}

// isForeign reports whether a value is another package's.
func (w *registrations) isForeign(x ast.Expr) bool {
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		fn := syntax.Callee(w.p.Info, call)
		return fn != nil && fn.Pkg() != w.p.Pass.Pkg
	}
	if sel, ok := ast.Unparen(x).(*ast.SelectorExpr); ok && w.p.Info.Selections[sel] == nil {
		obj := w.p.Info.Uses[sel.Sel]
		return obj != nil && obj.Pkg() != w.p.Pass.Pkg
	}
	return false
}

// base is the local variable of which the worker that a call registers on is a field.
// Two values have two workers; parameters and receivers may be one.
func (w *registrations) base(call *ast.CallExpr, holder *types.Var) *types.Var {
	if !holder.IsField() {
		return nil
	}
	exprs := append([]ast.Expr{call.Fun}, call.Args...)
	for _, x := range exprs {
		for {
			sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
			if !ok {
				break
			}
			x = sel.X
			if w.p.Info.Uses[sel.Sel] != holder {
				continue
			}
			id := syntax.Ident(x)
			if id == nil {
				return nil
			}
			v, ok := w.p.Info.Uses[id].(*types.Var)
			if _, _, param := w.p.ParamOf(v); !ok || param || v.Parent() == w.p.Pass.Pkg.Scope() || w.receives(v) {
				return nil
			}
			return v
		}
	}
	return nil
}

func (w *registrations) receives(v *types.Var) bool {
	return slices.ContainsFunc(w.p.Nodes, func(n *callgraph.Node) bool { return n.Sig != nil && n.Sig.Recv() == v })
}

func (w *registrations) isFalse(x ast.Expr) bool {
	tv := w.p.Info.Types[x]
	return tv.Value != nil && tv.Value.String() == "false"
}

// findSplits notes which fields of worker options this package sets anywhere.
func (w *registrations) findSplits(files []*ast.File) {
	note := func(field *ast.Ident, value ast.Expr) {
		if v, ok := w.p.Info.Uses[field].(*types.Var); ok && v.IsField() && sdk.InSDK(v.Pkg()) && !w.isFalse(value) {
			w.splits[field.Name] = true
		}
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok {
					note(id, n.Value)
				}
			case *ast.AssignStmt:
				for lhs, rhs := range syntax.Assigned(n) {
					if sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr); ok && rhs != nil {
						note(sel.Sel, rhs)
					}
				}
			}
			return true
		})
	}
}

// judge reports the second kind of registration on a worker, if there is one.
func (w *registrations) judge(v *types.Var) {
	made := w.open[v]
	open := len(w.made[v]) == 0 && made != nil && !w.split(made)
	if !open {
		if len(w.made[v]) == 0 || !w.unsplit(v) {
			return
		}
		made = w.made[v][0]
	}
	regs := w.regs[v]
	sort.SliceStable(regs, func(i, j int) bool { return regs[i].pos < regs[j].pos })
	for j := range regs {
		for i := range regs[:j] {
			if regs[i].workflows == regs[j].workflows || w.newBetween(v, regs[i].pos, regs[j].pos) || regs[i].excludes(&regs[j]) || regs[j].excludes(&regs[i]) || w.p.Generated(regs[j].pos) {
				continue
			}
			mixed := Mixed{
				Pos: regs[j].pos, End: regs[j].end,
				First: regs[i].what, FirstPos: regs[i].pos, Made: made.Pos(),
				Activities: !regs[j].workflows,
			}
			if open {
				w.hand(made, mixed)
			} else {
				w.p.mixed = append(w.p.mixed, mixed)
			}
			return
		}
	}
}

// newBetween reports whether a variable holds another worker at the second of two
// places.
func (w *registrations) newBetween(v *types.Var, first, second token.Pos) bool {
	return slices.ContainsFunc(w.made[v], func(call *ast.CallExpr) bool { return first < call.Pos() && call.Pos() < second })
}
