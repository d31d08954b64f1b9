package determinism

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow/order"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// ordering looks for orders of maps that reach something, once all bodies are read.
type ordering struct {
	*reader
	sources  []*callgraph.Node // declared functions with the order of a map in them
	isSource map[*callgraph.Node]bool
	callers  map[*types.Func][]*callgraph.Node // of functions of this package whose result may have an order
	dynamic  map[string][]dynamic              // by the name of the method
	results  map[*callgraph.Node]order.Result
	params   map[*types.Var]order.Meaning        // what the order of a parameter means
	gives    map[*callgraph.Node][]*ast.CallExpr // calls that give commands
	known    map[*callgraph.Node]commands        // that a function gives, or what it calls
}

// dynamic is the call of an interface's method.
type dynamic struct {
	top *callgraph.Node
	sel *ast.SelectorExpr
	fn  *types.Func
}

func newOrdering(r *reader) *ordering {
	return &ordering{
		reader: r, isSource: make(map[*callgraph.Node]bool), callers: make(map[*types.Func][]*callgraph.Node),
		dynamic: make(map[string][]dynamic),
		results: make(map[*callgraph.Node]order.Result), params: make(map[*types.Var]order.Meaning),
		gives: make(map[*callgraph.Node][]*ast.CallExpr), known: make(map[*callgraph.Node]commands),
	}
}

// note sees the nodes of all bodies.
func (o *ordering) note(n *callgraph.Node, x ast.Node) {
	if n.Init || o.Generated(n.Body.Pos()) {
		return
	}
	if call, ok := x.(*ast.CallExpr); ok {
		if o.called(call) == order.Sensitive {
			o.gives[n] = append(o.gives[n], call)
		}
		if fn := syntax.Callee(o.Info, call); fn != nil && mayHaveOrder(fn.Signature()) {
			if fn.Pkg() == o.Pass.Pkg {
				o.callers[fn.Origin()] = append(o.callers[fn.Origin()], n.Top())
			}
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && isMethodOfInterface(fn) {
				o.dynamic[fn.Name()] = append(o.dynamic[fn.Name()], dynamic{n.Top(), sel, fn})
			}
		}
	}
	if order.IsSource(o.Info, x, o.importedOrder) {
		o.add(n.Top())
	}
}

func (o *ordering) add(top *callgraph.Node) {
	if top.Fn != nil && !o.isSource[top] {
		o.isSource[top] = true
		o.sources = append(o.sources, top)
	}
}

// mayHaveOrder reports whether the first result is a list, a text, a sum of floating-point numbers, or
// a struct of them.
func mayHaveOrder(sig *types.Signature) bool {
	if sig.Results().Len() == 0 {
		return false
	}
	switch t := syntax.Deref(sig.Results().At(0).Type()).Underlying().(type) {
	case *types.Slice, *types.Struct, *types.Signature, *types.Interface:
		return true
	case *types.Basic:
		return t.Info()&(types.IsString|types.IsFloat) != 0
	}
	return false
}

// importedOrder reports whether a function of another package returns the order of a map.
func (o *ordering) importedOrder(call *ast.CallExpr) bool {
	fn := syntax.Callee(o.Info, call)
	return fn != nil && fn.Pkg() != o.Pass.Pkg && mayHaveOrder(fn.Signature()) && o.imported(fn.Origin()).Unordered
}

// find looks at every function that has a source, and at the callers of those that turn out
// to return an order.
func (o *ordering) find() {
	calls := order.Calls{Called: o.meaning, Given: o.given, Unordered: o.unordered}
	queued := make(map[[2]*callgraph.Node]bool) // caller and callee
	for i := 0; i < len(o.sources); i++ {
		n := o.sources[i]
		before := o.results[n].Returned
		result := order.Of(o.Info, n.Decl, calls)
		o.results[n] = result
		if !result.Returned || before {
			continue
		}
		for _, caller := range o.callersOf(n.Fn) {
			// Again: its own order may come from several callees.
			if pair := [2]*callgraph.Node{caller, n}; !queued[pair] && caller != n {
				queued[pair] = true
				o.isSource[caller] = false
				o.add(caller)
			}
		}
	}
	done := make(map[*callgraph.Node]bool)
	for _, n := range o.sources {
		if !done[n] {
			done[n] = true
			o.report(n)
		}
	}
	if o.workflows {
		o.exportMethods()
	}
}

// callersOf are the functions of this package that call a function, through interfaces too.
func (o *ordering) callersOf(fn *types.Func) []*callgraph.Node {
	all := slices.Clone(o.callers[fn])
	for _, d := range o.dynamic[fn.Name()] {
		if slices.ContainsFunc(o.Flow().Receivers(d.sel), func(t types.Type) bool { return bindings.MethodOn(t, d.fn) == fn }) {
			all = append(all, d.top)
		}
	}
	return all
}

func (o *ordering) report(top *callgraph.Node) {
	result := o.results[top]
	findings := result.Findings
	if result.Returned && o.isWorkflow(top) {
		at := result.At
		at.Reaches = "what the workflow returns"
		findings = append(findings, at)
	}
	reported := make(map[token.Pos]bool)
	for _, f := range findings {
		if reported[f.Pos] {
			continue // one mend is enough
		}
		reported[f.Pos] = true
		n := top
		if c := o.ClosureOf(f.Lit); c != nil && f.Lit != nil {
			n = c
		}
		if s := o.reader.add(n, Order, f.Source+" decides "+f.Reaches, f.Pos, f.End); s != nil && f.Range != nil {
			s.Extra = f.Range
		}
	}
}

// isWorkflow reports whether a function is a workflow, so that its result is a payload.
func (o *ordering) isWorkflow(n *callgraph.Node) bool {
	if !sdk.IsWorkflowCode(n.Sig) {
		return false
	}
	for _, u := range o.roles().Uses {
		if u.Target.Fn == n.Fn && (u.Kind == sdk.RegisterWorkflow || u.Kind == sdk.ExecuteWorkflow) {
			return true
		}
	}
	return strings.HasSuffix(n.Fn.Name(), "Workflow")
}

func (o *ordering) unordered(call *ast.CallExpr) bool {
	fn := syntax.Callee(o.Info, call)
	if fn == nil {
		return false
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && isMethodOfInterface(fn) {
		return slices.ContainsFunc(o.Flow().Receivers(sel), func(t types.Type) bool {
			m := bindings.MethodOn(t, fn)
			return m != nil && o.returnsOrder(m)
		})
	}
	return o.returnsOrder(fn.Origin())
}

func (o *ordering) returnsOrder(fn *types.Func) bool {
	if n := o.NodeOf(fn); n != nil {
		return o.results[n].Returned
	}
	return mayHaveOrder(fn.Signature()) && fn.Pkg() != o.Pass.Pkg && o.imported(fn).Unordered
}

// called is what it means that a function is called in some order, apart from functions of
// this package.
func (o *ordering) called(call *ast.CallExpr) order.Meaning {
	fn := syntax.Callee(o.Info, call)
	if fn == nil {
		sig, ok := syntax.Under[*types.Signature](o.Info.TypeOf(call.Fun))
		if sdk.IsNamed(o.Info.TypeOf(call.Fun), "CancelFunc") {
			return order.Sensitive // a timer, or what else is cancelled, is a command
		}
		if ok && sdk.IsWorkflowCode(sig) && !isLiteral(call.Fun) {
			return order.Sensitive
		}
		return order.Nothing
	}
	if sdk.InSDK(fn.Pkg()) {
		switch {
		case !strings.HasSuffix(fn.Pkg().Path(), "/workflow") && !strings.HasSuffix(fn.Pkg().Path(), "/internal"):
			return order.Nothing
		case commanding[fn.Name()]:
			return order.Sensitive
		case sdk.Waits(fn) || fn.Name() == "Await":
			return order.Waits
		}
		return order.Nothing
	}
	if !sdk.IsWorkflowCode(fn.Signature()) || fn.Pkg() == o.Pass.Pkg && !isMethodOfInterface(fn) {
		return order.Nothing
	}
	if s := o.imported(fn.Origin()); s.Known && s.Commands == noCommands {
		return order.Nothing
	}
	return order.Sensitive
}

func isLiteral(x ast.Expr) bool {
	_, ok := ast.Unparen(x).(*ast.FuncLit)
	return ok
}

func isMethodOfInterface(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// meaning is what it means that a function is called in some order.
func (o *ordering) meaning(call *ast.CallExpr) order.Meaning {
	if m := o.called(call); m != order.Nothing {
		return m
	}
	if fn := syntax.Callee(o.Info, call); fn != nil {
		if n := o.NodeOf(fn.Origin()); n != nil && sdk.IsWorkflowCode(n.Sig) && o.commands(n) != noCommands {
			return order.Sensitive
		}
	}
	return order.Nothing
}

// given is what it means that an argument has the order of a map.
func (o *ordering) given(call *ast.CallExpr, i int) order.Meaning {
	fn := syntax.Callee(o.Info, call)
	if o.meaning(call) == order.Sensitive && !o.takesAnyOrder(call, fn) {
		return order.Sensitive
	}
	if fn == nil {
		return order.Nothing
	}
	if strings.Contains(strings.ToLower(fn.Name()), "sort") {
		return order.Sorts
	}
	n := o.NodeOf(fn.Origin())
	if n == nil || i >= n.Sig.Params().Len() {
		return order.Nothing
	}
	v := n.Sig.Params().At(i)
	m, ok := o.params[v]
	if !ok {
		o.params[v] = order.Nothing // recursion adds nothing
		m = order.OfParam(o.Info, n.Decl, v, order.Calls{Called: o.meaning, Given: o.given, Unordered: o.unordered})
		o.params[v] = m
	}
	return m
}
