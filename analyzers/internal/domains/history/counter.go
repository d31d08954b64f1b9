package history

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A counter counts in one function.
type counter struct {
	p    *reader
	node *callgraph.Node
	body ast.Node

	graphs    []*flow.Graph // of the body, and of the closures in it
	guards    map[string][]guard
	loops     *flow.Loops
	stores    map[*types.Var][]token.Pos // m[k] = x
	elements  map[*types.Var]ast.Expr    // v in "for _, v := range x" -> x
	received  map[*types.Var]bool        // what activities, signals and updates bring
	counted   map[*types.Var]bool        // numbers that are changed step by step
	checked   map[types.Object]token.Pos // what functions are given that compare lengths
	callbacks map[*types.Var][]ast.Expr  // of selectors
	held      map[ast.Expr]bool          // functions that a local variable holds
	visiting  map[*types.Var]bool
	bounds    map[boundOf]flow.Bound
	closures  map[*ast.FuncLit]tally

	ways flow.Fold[tally]

	// What was found so far. A loop that is a finding takes the place of all that
	// was found inside it.
	findings []finding
	looped   []callgraph.Derived
	turns    []finding // outermost loops with constant bounds
}

// A finding is a loop that a workflow must not have.
type finding struct {
	loop  ast.Stmt
	kind  facts.Kind
	tally tally
}

// mayRun is the cheap test: does the body mention anything that runs an activity?
func (c *counter) mayRun(body ast.Node) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			switch obj := c.p.Info.Uses[id].(type) {
			case *types.Func:
				obj = obj.Origin()
				found = sdk.Invokes(obj) || c.p.tallyOf(obj).runs()
			case *types.Var:
				// A function that it is given may run one.
				found = c.isFuncParam(obj)
			}
		}
		return !found
	})
	return found
}

func (c *counter) isFuncParam(v *types.Var) bool {
	if !syntax.IsFuncType(v.Type()) {
		return false
	}
	fn, _, ok := c.p.names.ParamOf(v)
	return ok && fn == c.node.Fn && sdk.IsWorkflowCode(fn.Signature())
}

// prepare reads what the bounds of loops depend on.
func (c *counter) prepare(body *ast.BlockStmt) {
	c.guards = make(map[string][]guard)
	c.loops = &flow.Loops{
		Info: c.p.Info, Body: c.body, Writes: make(map[string][]ast.Node), Values: c.p.names.Values,
		Origin: c.unchecked, Known: c.guarded, Left: c.leftAt,
		Ends: func(cond ast.Expr) bool { return c.aboutTime(cond) || c.aboutHistory(cond) },
	}
	c.stores = make(map[*types.Var][]token.Pos)
	c.elements = make(map[*types.Var]ast.Expr)
	c.received = make(map[*types.Var]bool)
	c.counted = make(map[*types.Var]bool)
	c.checked = make(map[types.Object]token.Pos)
	c.held = make(map[ast.Expr]bool)
	c.callbacks = make(map[*types.Var][]ast.Expr)
	c.visiting = make(map[*types.Var]bool)
	c.bounds = make(map[boundOf]flow.Bound)
	c.closures = make(map[*ast.FuncLit]tally)
	c.ways = flow.Fold[tally]{Leaf: c.expr, Then: tally.plus, Or: tally.or, Loop: c.loop}
	if c.node.Lit != nil {
		c.receive(c.node.Lit)
	}
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IncDecStmt:
			if v := c.variable(n.X); v != nil {
				c.counted[v] = true
			}
		case *ast.RangeStmt:
			if v := c.variable(n.Value); v != nil {
				c.elements[v] = n.X
			}
		case *ast.AssignStmt, *ast.ValueSpec:
			for lhs, rhs := range syntax.Assigned(n) {
				if v := c.variable(lhs); v != nil && rhs != nil {
					c.hold(v, rhs)
					c.counted[v] = c.counted[v] || isStep(n)
				}
			}
		case *ast.FuncLit:
			if c.p.names.Handled[n] {
				c.receive(n)
			}
		case *ast.CallExpr:
			if fn := syntax.Callee(c.p.Info, n); fn != nil {
				c.fills(fn, n)
				c.noteCheck(n, fn)
			}
		}
		return true
	})
	c.findGuards(body)
}

// isStep reports whether a statement changes a number by some other: n += 2.
func isStep(n ast.Node) bool {
	a, ok := n.(*ast.AssignStmt)
	return ok && a.Tok != token.ASSIGN && a.Tok != token.DEFINE
}

// fills notes the variables into which a call puts what it receives, and the callbacks that
// it gives a selector.
func (c *counter) fills(fn *types.Func, call *ast.CallExpr) {
	if sdk.InSDK(fn.Pkg()) || c.p.tallyOf(fn).runs() {
		gets := fn.Name() == "Get" || strings.HasPrefix(fn.Name(), "Receive")
		for _, arg := range call.Args {
			if v := addressed(c, arg); v != nil {
				c.received[v] = true
			} else if v := c.variable(arg); v != nil && isPointer(v.Type()) && gets {
				c.received[v] = true
			}
		}
	}
	if sdk.InSDK(fn.Pkg()) && fn.Name() == "AddReceive" && len(call.Args) == 2 {
		if v := c.selector(call); v != nil {
			c.callbacks[v] = append(c.callbacks[v], call.Args[1])
		}
	}
}

// receive notes the parameters of a closure that is a workflow or a handler.
func (c *counter) receive(lit *ast.FuncLit) {
	for _, field := range lit.Type.Params.List {
		for _, name := range field.Names {
			if v, ok := c.p.Info.Defs[name].(*types.Var); ok && !sdk.IsWorkflowContext(v.Type()) {
				c.received[v] = true
			}
		}
	}
}

// hold notes a function that is counted where its variable is used.
func (c *counter) hold(v *types.Var, x ast.Expr) {
	if c.p.names.Value(v) != x {
		return
	}
	x = ast.Unparen(x)
	if _, ok := x.(*ast.FuncLit); ok {
		c.held[x] = true
		return
	}
	// A target does not run here.
	id := syntax.Named(x)
	if _, ok := c.p.Info.Uses[id].(*types.Func); ok && !c.p.names.Consumed[id] {
		c.held[x] = true
	}
}

// addressed is v in &v or &v.f.
func addressed(c *counter, x ast.Expr) *types.Var {
	u, ok := ast.Unparen(x).(*ast.UnaryExpr)
	if !ok || u.Op != token.AND {
		return nil
	}
	x = u.X
	for {
		sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok {
			return c.variable(x)
		}
		x = sel.X
	}
}

// selector is the local variable whose method a call is, if it is a Selector; chained
// calls return it.
func (c *counter) selector(call *ast.CallExpr) *types.Var {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	for ok {
		if inner, isCall := ast.Unparen(sel.X).(*ast.CallExpr); isCall {
			sel, ok = ast.Unparen(inner.Fun).(*ast.SelectorExpr)
			continue
		}
		return c.variable(sel.X)
	}
	return nil
}

func (c *counter) variable(x ast.Expr) *types.Var { return syntax.Var(c.p.Info, x) }
