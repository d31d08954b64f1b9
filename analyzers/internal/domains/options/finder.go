package options

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Bare are activity options without a retry policy that an activity may be
// run with: a literal of this package, or those of another package, at the
// expression that brings them.
type Bare struct {
	Pos, End token.Pos
	Lit      *ast.CompositeLit // nil if it is in another package
	At       string            // where, in that case
	Bounded  bool              // a ScheduleToCloseTimeout bounds all attempts
	// Handed is the call of another package that hands them to a method of an interface; nil if
	// there is none.
	Handed *forwards.Handed
}

// findOptions looks for activity options without a retry policy, where they become
// a context's: by WithActivityOptions, or by a function that passes a parameter to
// it. What it cannot follow, it takes for options that have a policy.
func (p *reader) findOptions() {
	if !sdk.Imports(p.Pass.Pkg) {
		return
	}
	f := &finder{p: p, names: names.Of(p.Package), forwards: forwards.Of(p.Package), given: make(map[types.Object]bool), empty: make(map[types.Object]*ast.Ident), lits: make(map[*ast.CompositeLit]bool)}
	for _, n := range p.Nodes {
		ast.Inspect(n.Body, func(x ast.Node) bool {
			f.note(x)
			_, isLit := x.(*ast.FuncLit) // a node of its own
			return !isLit || n.Lit == x
		})
	}
	// Twice: a function may pass its parameter to one that stands below it.
	for range 2 {
		for _, n := range p.Nodes {
			f.read(n)
		}
	}
	p.exportOptions(f)
	for _, n := range p.Nodes {
		if n.Fn == nil {
			continue
		}
		for _, i := range p.of(n).Takes {
			f.forwards.Add(n.Fn, forwards.Forward{What: domain.Name, Param: i})
		}
	}
}

type finder struct {
	p        *reader
	names    *names.Names
	forwards *forwards.Forwards
	// given holds the variables whose policy is set after they were made, or that
	// something else may change.
	given map[types.Object]bool
	empty map[types.Object]*ast.Ident // local variables declared without a value
	lits  map[*ast.CompositeLit]bool  // reported
}

// note looks for v.RetryPolicy = x, &v, and var v workflow.ActivityOptions.
func (f *finder) note(x ast.Node) {
	switch x := x.(type) {
	case *ast.AssignStmt:
		for _, lhs := range x.Lhs {
			sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "RetryPolicy" && sel.Sel.Name != "ScheduleToCloseTimeout" {
				continue
			}
			if v := f.variable(sel.X); v != nil {
				f.given[v] = true
			}
		}
	case *ast.ValueSpec:
		for _, name := range x.Names {
			if v := f.variable(name); v != nil && len(x.Values) == 0 && isOptions(v.Type()) {
				f.empty[v] = name
			}
		}
	case *ast.UnaryExpr:
		if v := f.variable(x.X); v != nil && x.Op == token.AND && isOptions(v.Type()) {
			f.given[v] = true
		}
	}
}

func isOptions(t types.Type) bool {
	return sdk.IsNamed(t, "ActivityOptions", "LocalActivityOptions", "ClientStartActivityOptions")
}

func (f *finder) variable(x ast.Expr) *types.Var {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		v, _ := f.p.Info.ObjectOf(x).(*types.Var)
		return v
	case *ast.SelectorExpr:
		if f.p.Info.Selections[x] == nil {
			v, _ := f.p.Info.Uses[x.Sel].(*types.Var)
			return v
		}
	}
	return nil
}

// read finds the calls of a body that give a context its options.
func (f *finder) read(n *callgraph.Node) {
	later, inner := f.policies(n)
	ast.Inspect(n.Body, func(x ast.Node) bool {
		if lit, ok := x.(*ast.FuncLit); ok && n.Lit != lit {
			return false
		}
		call, ok := x.(*ast.CallExpr)
		if !ok || call.Pos() < later || slices.Contains(inner, call) {
			return true
		}
		for _, i := range f.takes(call) {
			if i < len(call.Args) {
				f.follow(n, call.Args[i], 0)
			}
		}
		f.hand(call)
		return true
	})
}

// policies finds the last call of a body that sets a policy on a context, and the calls whose
// result such calls are given.
func (f *finder) policies(n *callgraph.Node) (last token.Pos, inner []*ast.CallExpr) {
	ast.Inspect(n.Body, func(x ast.Node) bool {
		call, ok := x.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn := syntax.Callee(f.p.Info, call)
		if fn == nil || !f.setsPolicy(fn) {
			return true
		}
		f.p.of(n).SetsPolicy = n.Sig != nil && n.Sig.Results().Len() > 0 && sdk.IsWorkflowContext(n.Sig.Results().At(0).Type())
		last = max(last, call.Pos())
		if len(call.Args) > 0 {
			if c, ok := ast.Unparen(call.Args[0]).(*ast.CallExpr); ok {
				inner = append(inner, c)
			}
		}
		return true
	})
	return last, inner
}

// setsPolicy reports whether fn returns a context with a policy of its own.
func (f *finder) setsPolicy(fn *types.Func) bool {
	switch {
	case sdk.InSDK(fn.Pkg()):
		return fn.Name() == "WithRetryPolicy" || fn.Name() == "WithScheduleToCloseTimeout"
	case fn.Pkg() == f.p.Pass.Pkg:
		n := f.p.NodeOf(fn)
		return n != nil && f.p.of(n).SetsPolicy
	}
	return f.p.summaryOf(fn).SetsPolicy
}

// takes returns the parameters of a call that become a context's activity options.
func (f *finder) takes(call *ast.CallExpr) []int {
	fn := syntax.Callee(f.p.Info, call)
	switch {
	case fn == nil:
		return nil
	case sdk.InSDK(fn.Pkg()) && (fn.Name() == "WithActivityOptions" || fn.Name() == "WithLocalActivityOptions"):
		return []int{1}
	case sdk.InSDK(fn.Pkg()) && fn.Name() == "ExecuteActivity" && fn.Signature().Params().Len() > 1 && isOptions(fn.Signature().Params().At(1).Type()):
		return []int{1} // of a client
	case fn.Pkg() == f.p.Pass.Pkg:
		if n := f.p.NodeOf(fn); n != nil {
			return f.p.of(n).Takes
		}
		return nil
	}
	return f.p.summaryOf(fn).Takes
}

// follow judges the options that an expression is.
func (f *finder) follow(n *callgraph.Node, x ast.Expr, depth int) {
	if depth > maxDepth {
		return
	}
	x = ast.Unparen(x)
	if lit, ok := x.(*ast.CompositeLit); ok {
		f.literal(lit)
		return
	}
	if call, ok := x.(*ast.CallExpr); ok {
		fn := syntax.Callee(f.p.Info, call)
		if fn == nil {
			return
		}
		if fn.Pkg() != f.p.Pass.Pkg {
			f.imported(x, f.p.summaryOf(fn).Bare)
			return
		}
		for _, lit := range f.returned(fn, 0) {
			f.literal(lit)
		}
		return
	}
	v := f.variable(x)
	if v == nil || f.given[v] {
		return
	}
	if fn, i, ok := f.names.ParamOf(v); ok {
		if n.Fn == fn {
			if s := f.p.of(n); !slices.Contains(s.Takes, i) {
				s.Takes = append(s.Takes, i)
			}
		}
		return
	}
	if v.Pkg() != f.p.Pass.Pkg {
		f.imported(x, f.p.summaryOf(v).Bare)
		return
	}
	values := f.names.Values(v)
	switch name := f.empty[v]; {
	case len(values) == 1 && values[0] != nil && !v.IsField():
		f.follow(n, values[0], depth+1)
	case len(values) == 0 && name != nil:
		delete(f.empty, v) // reported once
		f.p.result.Bare = append(f.p.result.Bare, Bare{Pos: name.Pos(), End: name.End(), Bounded: sdk.IsNamed(v.Type(), "LocalActivityOptions")})
	}
}

// maxDepth bounds how far options are followed through variables and calls.
const maxDepth = 8

// returned are the literals that a function of this package returns as its first
// result, changed by nothing.
func (f *finder) returned(fn *types.Func, depth int) []*ast.CompositeLit {
	decl := f.p.DeclOf(fn)
	if decl == nil || decl.Body == nil || depth > maxDepth {
		return nil
	}
	var lits []*ast.CompositeLit
	for ret := range syntax.Returns(decl.Body) {
		if len(ret.Results) == 0 {
			continue
		}
		result := ast.Unparen(ret.Results[0])
		if v := f.variable(result); v != nil && !f.given[v] {
			if value := f.names.Value(v); value != nil {
				result = ast.Unparen(value)
			}
		}
		switch x := result.(type) {
		case *ast.CompositeLit:
			lits = append(lits, x)
		case *ast.CallExpr:
			if inner := syntax.Callee(f.p.Info, x); inner != nil && inner.Pkg() == f.p.Pass.Pkg {
				lits = append(lits, f.returned(inner, depth+1)...)
			}
		}
	}
	return lits
}

// judge reads a literal. It reports whether those are options without a policy; a literal without
// names of fields is none.
func (f *finder) judge(lit *ast.CompositeLit) (o bare, isBare bool) {
	if !isOptions(f.p.Info.TypeOf(lit)) {
		return o, false
	}
	// A local activity ends with its StartToCloseTimeout unless it is told otherwise.
	o.Bounded = sdk.IsNamed(f.p.Info.TypeOf(lit), "LocalActivityOptions")
	for _, elt := range lit.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return o, false
		}
		switch key := syntax.Ident(kv.Key); {
		case key == nil:
		case key.Name == "RetryPolicy" && !syntax.IsNil(kv.Value):
			return o, false
		case key.Name == "ScheduleToCloseTimeout" && !isZero(f.p.Info, kv.Value):
			o.Bounded = true
		}
	}
	o.At = f.p.PlaceOf(lit.Pos()).Short()
	return o, true
}

// isZero recognizes the constant 0, which stands for no timeout.
func isZero(info *types.Info, x ast.Expr) bool {
	tv := info.Types[x]
	return tv.Value != nil && constant.Sign(tv.Value) == 0
}

func (f *finder) literal(lit *ast.CompositeLit) {
	if o, isBare := f.judge(lit); isBare && !f.lits[lit] {
		f.lits[lit] = true
		f.p.result.Bare = append(f.p.result.Bare, Bare{Pos: lit.Pos(), End: lit.End(), Lit: lit, Bounded: o.Bounded})
	}
}

func (f *finder) imported(x ast.Expr, o bare) {
	if o.At == "" {
		return
	}
	for _, have := range f.p.result.Bare {
		if have.Pos == x.Pos() {
			return
		}
	}
	f.p.result.Bare = append(f.p.result.Bare, Bare{Pos: x.Pos(), End: x.End(), At: o.At, Bounded: o.Bounded})
}

// exportOptions notes for importers which functions return bare options, and exports
// the package variables that are some.
func (p *reader) exportOptions(f *finder) {
	for _, n := range p.Nodes {
		if n.Fn == nil || n.Fn.Signature().Results().Len() == 0 || !isOptions(n.Fn.Signature().Results().At(0).Type()) {
			continue
		}
		for _, lit := range f.returned(n.Fn, 0) {
			if o, isBare := f.judge(lit); isBare && !f.lits[lit] { // else it is reported here
				p.of(n).Bare = o
			}
		}
	}
	scope := p.Pass.Pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok || !v.Exported() || !isOptions(v.Type()) || f.given[v] {
			continue
		}
		if values := f.names.Values(v); len(values) == 1 {
			if lit, ok := ast.Unparen(values[0]).(*ast.CompositeLit); ok {
				if o, isBare := f.judge(lit); isBare && !f.lits[lit] {
					p.Export(domain, v, &summary{Bare: o})
				}
			}
		}
	}
}
