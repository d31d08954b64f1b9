package history

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
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
	if n := p.NodeOf(fn); n != nil && p.tallies != nil {
		return p.tallyOfNode(n)
	}
	return tally{}
}

func (p *reader) tallyOfNode(n *callgraph.Node) tally {
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
	t := c.block(body.List).all()
	p.tallies[n] = &t
	for _, f := range c.findings {
		c.site(f.loop, f.kind, f.tally, n)
		p.state(n).endless = append(p.state(n).endless, f.loop)
	}
	n.Derived, p.state(n).turns = c.looped, c.turns
	return t
}

// A counter counts in one function.
type counter struct {
	p    *reader
	node *callgraph.Node
	body ast.Node

	guards    map[string][]guard
	writes    map[string][]*ast.AssignStmt
	stores    map[*types.Var][]token.Pos // m[k] = x
	elements  map[*types.Var]ast.Expr    // v in "for _, v := range x" -> x
	received  map[*types.Var]bool        // what activities, signals and updates bring
	counted   map[*types.Var]bool        // numbers that are changed step by step
	callbacks map[*types.Var][]ast.Expr  // of selectors
	held      map[ast.Expr]bool          // functions that a local variable holds
	visiting  map[*types.Var]bool
	resolving map[ast.Stmt]bool
	bounds    map[boundOf]bound
	closures  map[*ast.FuncLit]tally

	label   string          // of the statement that is counted next
	turning string          // of the innermost loop that is being counted
	jumps   map[string]bool // labels that a loop within jumps to

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
func (c *counter) prepare(body ast.Node) {
	c.guards = make(map[string][]guard)
	c.writes = make(map[string][]*ast.AssignStmt)
	c.stores = make(map[*types.Var][]token.Pos)
	c.elements = make(map[*types.Var]ast.Expr)
	c.received = make(map[*types.Var]bool)
	c.counted = make(map[*types.Var]bool)
	c.held = make(map[ast.Expr]bool)
	c.callbacks = make(map[*types.Var][]ast.Expr)
	c.visiting = make(map[*types.Var]bool)
	c.resolving = make(map[ast.Stmt]bool)
	c.bounds = make(map[boundOf]bound)
	c.closures = make(map[*ast.FuncLit]tally)
	c.jumps = make(map[string]bool)
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
	id := syntax.Ident(x)
	switch x := x.(type) {
	case *ast.FuncLit:
		c.held[x] = true
		return
	case *ast.SelectorExpr:
		id = x.Sel
	}
	// A target does not run here.
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

// repeat counts the turns of a loop. inside is what was found before its body.
func (c *counter) repeat(loop ast.Stmt, body *ast.BlockStmt, b bound, turn tally, inside [3]int) tally {
	found := func(kind facts.Kind, t tally) {
		c.findings, c.looped = append(c.findings[:inside[0]], finding{loop, kind, t}), c.looped[:inside[1]]
	}
	switch b.kind {
	case constantBound:
		t := turn.times(b.n)
		c.turns = append(c.turns[:inside[2]], finding{loop, Over, t})
		if t.N > Limit {
			kind := Over
			if leavesEarly(c.p.Info, body) {
				kind = Loop // one that continues as new may have left before
			}
			found(kind, t)
		}
		return t
	case paramBound:
		return c.repeatByParam(loop, b, turn)
	case endless:
		turn.N = turn.atOnce()
		terms := turn.Terms
		turn.Terms = nil
		if turn.N > 0 {
			found(Loop, turn)
		}
		for _, t := range terms {
			if t.Func > 0 {
				t.Param, t.Of, t.Func = t.Func-1, ofFunction, 0
			}
			if e := c.site(loop, Loop, turn, nil); e != nil && t.Of == ofFunction {
				t.Loop, t.Chain = *e, nil
				turn.Terms = append(turn.Terms, t)
			}
		}
	}
	return turn
}

// repeatByParam is a loop that turns as often as an argument says.
func (c *counter) repeatByParam(loop ast.Stmt, b bound, turn tally) tally {
	t := tally{Call: turn.Call, at: turn.at}
	turn.N = turn.atOnce()
	of := ofValue
	if b.size {
		of = ofSize
	}
	e := c.site(loop, Loop, turn, nil)
	if e == nil {
		return t
	}
	if turn.N > 0 {
		t.Terms = []term{{Param: b.param, Of: of, N: turn.N, Loop: *e}}
	}
	for _, each := range turn.Terms {
		if each.Func == 0 && each.Of == ofFunction {
			each.Func = each.Param + 1
		}
		if each.Func > 0 {
			t.Terms = append(t.Terms, term{Param: b.param, Of: of, N: each.N, Func: each.Func, Loop: *e})
		}
	}
	return t
}

func (c *counter) exprOrNil(x ast.Expr) tally {
	if x == nil {
		return tally{}
	}
	return c.expr(x)
}

// site describes a loop as an effect, one of n unless that is nil.
func (c *counter) site(loop ast.Stmt, kind facts.Kind, t tally, n *callgraph.Node) *facts.Effect {
	s := c.p.NewSite(c.node.Owner, kind, t.Call, loop.Pos(), loop.Pos()+token.Pos(len("for")))
	if s == nil {
		return nil
	}
	if n != nil {
		n.Sites = append(n.Sites, s)
	}
	if kind == Over || t.N > Limit {
		s.Effect.N = t.N
	}
	s.Extra = t.at
	return &s.Effect
}

// leavesEarly reports whether a loop may end before its bound for another reason than
// an error.
func leavesEarly(info *types.Info, body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			if syntax.TestsError(info, n.Cond) == token.NEQ {
				return false
			}
		case *ast.ReturnStmt:
			found = true
		case *ast.BranchStmt:
			found = found || n.Tok == token.BREAK || n.Tok == token.GOTO
		}
		return !found
	})
	return found
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
		t = c.block(lit.Body.List).all()
		c.closures[lit] = t
	}
	return t
}

func (c *counter) reference(fn *types.Func, id *ast.Ident) tally {
	if sdk.Invokes(fn) {
		return tally{N: 1, Call: fn.Pkg().Name() + "." + fn.Name() + " at " + c.p.Place(id.Pos()), at: id.Pos()}
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

// argument is what a call gives a parameter; nil if that cannot be told.
func argument(fn *types.Func, call *ast.CallExpr, param int) ast.Expr {
	sig := fn.Signature()
	if len(call.Args) != sig.Params().Len() || sig.Variadic() && !call.Ellipsis.IsValid() {
		return nil
	}
	return call.Args[param]
}

// apply gives a callee's loop the argument that bounds it.
func (c *counter) apply(fn *types.Func, call *ast.CallExpr, callee term, arg ast.Expr, skip map[ast.Node]bool) tally {
	chain := append([]string{keys.Hop(fn)}, callee.Chain...)
	none := tally{}
	if callee.Of == ofFunction {
		t := c.function(arg)
		if v := c.variable(arg); v != nil && c.isFuncParam(v) {
			_, i, _ := c.p.names.ParamOf(v)
			callee.Param, callee.Chain, callee.pos, callee.end = i, chain, call.Pos(), call.End()
			return tally{Terms: []term{callee}, Call: c.p.tallyOf(fn).Call}
		}
		if !t.runs() {
			return none
		}
		skip[arg] = true // counted here, not where it is written
		if callee.Loop.Kind == 0 {
			return t.times(callee.N)
		}
		callee.Loop.What = t.Call
		c.endless(callee.Loop, call, chain)
		return t
	}
	var b bound
	if callee.Of == ofSize {
		b = c.size(arg, 0)
	} else {
		b = c.value(arg, 0)
	}
	if callee.Func > 0 {
		each := argument(fn, call, callee.Func-1)
		if each == nil {
			return none
		}
		if v := c.variable(each); v != nil && c.isFuncParam(v) {
			_, i, _ := c.p.names.ParamOf(v)
			return c.handOn(callee, b, i, chain, call)
		}
		f := c.function(each)
		if !f.runs() {
			return none
		}
		skip[each] = true // counted here, not where it is written
		callee.N, callee.Func, callee.Loop.What = f.times(callee.N).atOnce(), 0, f.Call
	}
	t := tally{N: callee.N, Call: callee.Loop.What}
	switch b.kind {
	case constantBound:
		t = t.times(b.n)
		if t.N > Limit {
			c.endless(c.p.overOf(callee.Loop, t.N), call, chain)
		}
	case paramBound:
		callee.Param, callee.Chain, callee.pos, callee.end = b.param, chain, call.Pos(), call.End()
		return tally{Terms: []term{callee}, Call: t.Call}
	case endless:
		if callee.Of == ofSize {
			c.endless(callee.Loop, call, chain)
		}
	}
	return t
}

// handOn is a callee's loop that calls a function which this one is given itself.
func (c *counter) handOn(callee term, b bound, param int, chain []string, call *ast.CallExpr) tally {
	callee.Chain, callee.pos, callee.end = chain, call.Pos(), call.End()
	switch b.kind {
	case paramBound:
		callee.Param, callee.Func = b.param, param+1
	case endless:
		callee.Param, callee.Of, callee.Func = param, ofFunction, 0
	default:
		callee = term{Param: param, Of: ofFunction, N: callee.N}
		if b.kind == constantBound {
			callee.N = min(callee.N*min(b.n, maxTally/max(callee.N, 1)), maxTally)
		}
	}
	return tally{Terms: []term{callee}}
}

// endless notes that a callee's loop has no bound here.
func (c *counter) endless(loop facts.Effect, call *ast.CallExpr, chain []string) {
	c.looped = append(c.looped, callgraph.Derived{Effect: loop, Pos: call.Pos(), End: call.End(), Chain: chain})
}

// overOf is a loop that an argument makes too long.
func (p *reader) overOf(loop facts.Effect, n int) facts.Effect {
	over := loop
	over.Kind, over.N = Over, n
	p.Restate(&loop, over)
	return over
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
