package history

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A tally is how many activities, local activities and child workflows one call of
// a function adds to the run of a workflow.
type tally struct {
	N     int    // with the constant bounds of its loops; the largest branch counts
	Terms []term // what its arguments multiply
	Call  string // the innermost call, "workflow.ExecuteActivity at charge.go:12"

	at token.Pos // of it, or of what leads to it in this package
}

// A term is a loop that an argument bounds, or that calls one.
type term struct {
	Param int
	Of    int // one of the constants below
	N     int // invocations each time round; of a function: its calls
	Func  int // 1 + the index of a function that each turn calls N times; 0 if N are invocations
	// Loop is the loop; its Kind is 0 if the loop cannot be a finding: a function that
	// is called with a constant bound.
	Loop  facts.Effect
	Chain []string // from this function to the loop

	pos, end token.Pos // of the call that the chain starts with
}

const (
	ofValue    = iota // a number
	ofSize            // a slice, or what holds one
	ofFunction        // a function that is called
)

// maxTally is where counting stops: more is no different.
const maxTally = 1 << 30

// maxTerms bounds what a summary says of its arguments.
const maxTerms = 8

func (t tally) runs() bool { return t.N > 0 || len(t.Terms) > 0 }

// atOnce is the tally with one turn of each loop that an argument bounds.
func (t tally) atOnce() int {
	n := t.N
	for _, term := range t.Terms {
		if term.Of != ofFunction && term.Func == 0 {
			n = min(n+term.N, maxTally)
		}
	}
	return n
}

// plus is one tally after another.
func (t tally) plus(u tally) tally {
	t.N = min(t.N+u.N, maxTally)
	t.Terms = append(t.Terms[:len(t.Terms):len(t.Terms)], u.Terms...)
	if len(t.Terms) > maxTerms {
		t.Terms = t.Terms[:maxTerms]
	}
	if t.Call == "" {
		t.Call, t.at = u.Call, u.at
	}
	return t
}

// or is the larger of two branches.
func (t tally) or(u tally) tally {
	if u.N > t.N || t.Call == "" {
		t.N, t.Call, t.at = u.N, u.Call, u.at
	}
	for _, more := range u.Terms {
		i := slices.IndexFunc(t.Terms, func(have term) bool {
			return have.Param == more.Param && have.Of == more.Of && have.Func == more.Func && have.Loop.ID() == more.Loop.ID()
		})
		switch {
		case i >= 0 && t.Terms[i].N < more.N:
			t.Terms = slices.Clone(t.Terms)
			t.Terms[i] = more
		case i < 0 && len(t.Terms) < maxTerms:
			t.Terms = append(t.Terms[:len(t.Terms):len(t.Terms)], more)
		}
	}
	return t
}

// times is a tally in a loop of n turns.
func (t tally) times(n int) tally {
	product := func(a int) int {
		if n > 0 && a > maxTally/n {
			return maxTally
		}
		return a * n
	}
	t.N = product(t.N)
	terms := t.Terms
	t.Terms = nil
	for _, term := range terms {
		term.N = product(term.N)
		t.Terms = append(t.Terms, term)
	}
	return t
}

// countInvocations counts in every function of a package that has workflow code,
// and makes effects of the loops that a workflow must not have. It comes before
// solve, which carries them to the workflows.
func (p *reader) countInvocations() {
	if !sdk.Imports(p.Pass.Pkg) && !p.hasWorkflowCode() {
		return
	}
	p.tallies = make(map[*callgraph.Node]*tally)
	for _, n := range p.Nodes {
		if p.standsAlone(n) {
			p.tallyOfNode(n)
		}
	}
	for _, n := range p.Nodes {
		maskLoops(n, p.state(p.counting(n)).endless)
	}
}

func (p *reader) hasWorkflowCode() bool {
	for _, n := range p.Nodes {
		if n.Sig != nil && sdk.IsWorkflowCode(n.Sig) {
			return true
		}
	}
	return false
}

// standsAlone: other closures are counted where they are written.
func (p *reader) standsAlone(n *callgraph.Node) bool {
	return n.Fn != nil || n.Lit != nil && (n.Outer.Init || p.names.Closures[n.Lit] && !p.names.Handled[n.Lit])
}

// counting is the function or registered closure that a closure is counted in.
func (p *reader) counting(n *callgraph.Node) *callgraph.Node {
	for n.Outer != nil && !p.state(n).counted {
		n = n.Outer
	}
	return n
}

// maskLoops hides the loops that run inside a loop that is a finding itself.
func maskLoops(n *callgraph.Node, loops []ast.Stmt) {
	inside := func(pos token.Pos) facts.Kind {
		for _, loop := range loops {
			if loop.Pos() <= pos && pos < loop.End() {
				return Loop | Over
			}
		}
		return 0
	}
	for i := range n.Edges {
		n.Edges[i].Mask |= inside(n.Edges[i].Pos)
	}
	for i := range n.Opens {
		n.Opens[i].Mask |= inside(n.Opens[i].Pos)
	}
}

// sum is the effect of a workflow none of whose loops is over the limit, while all
// of it is: at the loop that passes the limit, else at the workflow's name.
func (p *reader) sum(r *callgraph.Root) []*callgraph.Entry {
	n := r.Node
	if n == nil || r.Helper || r.Kind != facts.WorkflowRoot {
		return nil
	}
	t := p.tallyOfNode(n)
	if t.N <= Limit {
		return nil
	}
	for _, e := range r.Entries() {
		if e.Effect != nil && e.Effect.N > 0 {
			return nil // said there
		}
	}
	pos, end := n.Body.Pos(), n.Body.Pos()
	if n.Decl != nil {
		pos, end = n.Decl.Name.Pos(), n.Decl.Name.End()
	}
	total := 0
	for _, turn := range p.state(n).turns {
		if total += turn.tally.N; total > Limit {
			pos, end = turn.loop.Pos(), turn.loop.Pos()+token.Pos(len("for"))
			break
		}
	}
	site := p.NewSite(n.Owner, Over, t.Call, pos, end)
	if site == nil {
		return nil
	}
	site.Effect.N, site.Extra = t.N, t.at
	return []*callgraph.Entry{callgraph.NewEntry(&site.Effect, nil, pos, end)}
}

// tallyOf returns the tally of a function, of this package or another.
func (p *reader) tallyOf(fn *types.Func) tally {
	if fn.Pkg() != p.Pass.Pkg {
		return p.summaryOf(fn).Tally
	}
	if n := p.NodeOf(fn); n != nil {
		return p.tallyOfNode(n)
	}
	return tally{}
}

// tallyOfNode counts in a function, once; in a package without workflow code there is nothing to count.
func (p *reader) tallyOfNode(n *callgraph.Node) tally {
	if p.tallies == nil {
		return tally{}
	}
	if t, ok := p.tallies[n]; ok {
		if t == nil {
			return tally{} // it calls itself
		}
		return *t
	}
	p.tallies[n] = nil
	body, ok := n.Body.(*ast.BlockStmt)
	if !ok {
		return tally{}
	}
	p.state(n).counted = true
	c := &counter{p: p, node: n, body: body}
	if !c.mayRun(body) {
		p.tallies[n] = &tally{}
		return tally{}
	}
	c.prepare(body)
	t := c.ways.Block(body.List)
	p.tallies[n] = &t
	for _, f := range c.findings {
		c.site(f.loop, f.kind, f.tally, n)
		p.state(n).endless = append(p.state(n).endless, f.loop)
	}
	n.Derived, p.state(n).turns = c.looped, c.turns
	return t
}

// loop counts a loop by a turn of it, and notes it if there is no end to it. What it runs on its
// way out, it runs once.
func (c *counter) loop(loop ast.Stmt, body *ast.BlockStmt, turn func() tally) (tally, func(tally) tally) {
	b := c.loops.Of(loop)
	inside := [3]int{len(c.findings), len(c.looped), len(c.turns)}
	once := turn()
	if !once.runs() {
		return tally{}, func(last tally) tally { return last }
	}
	all := c.repeat(loop, body, b, once, inside)
	return all, func(last tally) tally {
		return all.plus(tally{N: max(last.N-once.N, 0)}) // it was on its way through a turn
	}
}

// expr counts the calls and references in anything without control flow of its own.
func (c *counter) expr(node ast.Node) tally {
	var t tally
	skip := make(map[ast.Node]bool)
	ast.Inspect(node, func(n ast.Node) bool {
		if n == nil || skip[n] {
			return false
		}
		if x, ok := n.(ast.Expr); ok && c.held[x] {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			if !c.p.names.Closures[n] || c.p.names.Handled[n] {
				t = t.plus(c.closure(n))
			}
			return false
		case *ast.CallExpr:
			t = t.plus(c.call(n, skip))
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				skip[lhs] = syntax.Ident(lhs) != nil
			}
		case *ast.Ident:
			t = t.plus(c.named(n))
		}
		return true
	})
	return t
}

// named counts a function that is called, or handed on: workflow.Go(ctx, w.process).
func (c *counter) named(id *ast.Ident) tally {
	switch obj := c.p.Info.Uses[id].(type) {
	case *types.Func:
		if !c.p.names.Consumed[id] || c.p.names.Handled[id] {
			return c.reference(obj.Origin(), id)
		}
	case *types.Var:
		if f := c.p.names.Value(obj); f != nil && c.held[ast.Unparen(f)] {
			return c.function(f)
		}
	}
	return tally{}
}

// closure counts a closure; once, however often it is used.
func (c *counter) closure(lit *ast.FuncLit) tally {
	t, ok := c.closures[lit]
	if !ok {
		c.closures[lit] = tally{} // it may call itself
		t = c.ways.Block(lit.Body.List)
		c.closures[lit] = t
	}
	return t
}

func (c *counter) reference(fn *types.Func, id *ast.Ident) tally {
	if sdk.Invokes(fn) {
		return tally{N: 1, Call: fn.Pkg().Name() + "." + fn.Name() + " at " + c.p.PlaceOf(id.Pos()).Short(), at: id.Pos()}
	}
	t := c.p.tallyOf(fn)
	t.Terms = nil // its arguments are not here
	if !t.at.IsValid() {
		t.at = id.Pos()
	}
	return t
}

// call counts what only a call shows: arguments that bound the callee's loops,
// closures held in variables, and the callbacks of a selector.
func (c *counter) call(call *ast.CallExpr, skip map[ast.Node]bool) tally {
	fn := syntax.Callee(c.p.Info, call)
	if fn == nil {
		return c.dynamic(call)
	}
	if sdk.InSDK(fn.Pkg()) {
		switch fn.Name() {
		case "AddReceive":
			if v := c.selector(call); v != nil && len(call.Args) == 2 {
				skip[call.Args[1]] = true // counted at Select
			}
		case "Select":
			var t tally
			if v := c.selector(call); v != nil {
				for _, f := range c.callbacks[v] {
					t = t.or(c.function(f))
				}
			}
			return t
		}
		return tally{}
	}
	var t tally
	for _, term := range c.p.tallyOf(fn).Terms {
		if arg := argument(fn, call, term.Param); arg != nil {
			t = t.plus(c.apply(fn, call, term, arg, skip))
		}
	}
	return t
}

// function is the tally of a function value: a closure, a function or a method.
func (c *counter) function(x ast.Expr) tally {
	switch x := ast.Unparen(x).(type) {
	case *ast.FuncLit:
		return c.closure(x)
	case *ast.Ident:
		if fn, ok := c.p.Info.Uses[x].(*types.Func); ok {
			return c.reference(fn.Origin(), x)
		}
		if v := c.variable(x); v != nil {
			if lit, ok := c.p.names.Value(v).(*ast.FuncLit); ok {
				return c.closure(lit)
			}
		}
	case *ast.SelectorExpr:
		if fn, ok := c.p.Info.Uses[x.Sel].(*types.Func); ok {
			return c.reference(fn.Origin(), x.Sel)
		}
	}
	return tally{}
}

// dynamic counts a call of a function that this one is given.
func (c *counter) dynamic(call *ast.CallExpr) tally {
	v := c.variable(call.Fun)
	if v == nil || !c.isFuncParam(v) {
		return tally{}
	}
	_, i, _ := c.p.names.ParamOf(v)
	return tally{Terms: []term{{Param: i, Of: ofFunction, N: 1}}}
}
