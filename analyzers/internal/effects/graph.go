package effects

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// A node is a function, a closure, or the initializer of a package variable.
type node struct {
	fn     *types.Func  // nil for closures and variables
	lit    *ast.FuncLit // of a closure
	outer  *node        // that writes the closure
	atOnce bool         // the closure is called, or given to a Go method, where it stands
	name   string       // for chains; "" for closures, which are no hop
	owner  string       // the declared function it belongs to
	sig    *types.Signature
	body   ast.Node
	init   bool // a variable's initializer, which runs at start

	edges   []edge
	opens   []openCall
	sites   []*site
	loops   []ast.Node          // loops that contain a connection attempt or a dial
	marks   []mark              // ranges that some kinds do not pass
	cached  []mark              // the marks among them of clients that are kept, also by its closures
	storage *storage            // once it is read
	once    map[*types.Var]bool // see onceOnly
	inserts []insertion         // candidates, judged when the body is read
	deletes []deletion

	options      options // that it returns
	takesOptions []int
	setsPolicy   bool
	registers    []registers

	counted bool       // closures in it are counted with it
	endless []ast.Stmt // its loops that are findings
	looped  []looped   // those of what it calls
	turns   []finding  // its loops with constant bounds

	index, low int // for the solver
	onStack    bool
	entries    map[string]*entry
	order      []*entry
}

// An edge is a reference to a function.
type edge struct {
	to   *node       // in this package, or
	fn   *types.Func // in another
	pos  token.Pos
	end  token.Pos
	mask Kind
	call *ast.CallExpr // if the reference is a call
}

type openCall struct {
	key, method string
	pos, end    token.Pos
	mask        Kind
}

// A site is an effect in this package.
type site struct {
	effect   Effect
	pos, end token.Pos
	literal  *ast.BasicLit
	call     *ast.CallExpr
	inner    token.Pos // see Chain
}

// A mark is a stretch of code that some kinds do not pass: what is inside
// sync.Once, or a call whose duplicate is accepted.
type mark struct {
	pos, end token.Pos
	mask     Kind
}

func (n *node) maskAt(pos token.Pos) Kind {
	var m Kind
	for _, r := range n.marks {
		if r.pos <= pos && pos < r.end {
			m |= r.mask
		}
	}
	return m
}

// build makes the nodes and reads their bodies.
func (p *pkg) build(files []*ast.File) {
	p.bindTypeArgs()
	for _, file := range files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if fn, ok := p.info.Defs[decl.Name].(*types.Func); ok && decl.Body != nil {
					n := &node{fn: fn, name: hop(fn), owner: ownerName(fn), sig: fn.Signature(), body: decl.Body}
					p.byFn[fn] = n
					p.nodes = append(p.nodes, n)
				}
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if vs, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR {
						p.addVars(vs)
					}
				}
			}
		}
	}
	// Closures are added while bodies are read.
	for i := 0; i < len(p.nodes); i++ {
		p.read(p.nodes[i])
	}
	// Twice: a constructor may hand its parameter on to another.
	for range 2 {
		for _, call := range p.local {
			p.bindForwarded(call, roles.Callee(p.info, call))
		}
	}
}

// addVars makes a node of a package variable's initializer: referring to a table
// of functions refers to the functions.
func (p *pkg) addVars(spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		v, ok := p.info.Defs[name].(*types.Var)
		if !ok || i >= len(spec.Values) {
			continue
		}
		n := &node{name: "", owner: name.Name, body: spec.Values[i], init: true}
		p.byVar[v] = n
		p.nodes = append(p.nodes, n)
		if name.Name != "_" {
			p.convert(v.Type(), spec.Values[i])
			p.bindFunc(varKey(v), v.Type(), spec.Values[i])
		}
	}
}

// read collects what the body of a node refers to.
func (p *pkg) read(n *node) {
	n.marks = append(n.marks, p.dups.marks[n.body]...)
	if n.outer != nil {
		n.cached = n.outer.cached
	} else if p.mayDial() {
		n.cached = p.cachedCalls(n)
	}
	n.marks = append(n.marks, n.cached...)
	ast.PreorderStack(n.body, nil, func(x ast.Node, stack []ast.Node) bool {
		if lit, ok := x.(*ast.FuncLit); ok {
			p.closure(n, lit, stack)
			return false
		}
		p.conversions(n, x)
		switch x := x.(type) {
		case *ast.CallExpr:
			p.call(n, x, stack)
		case *ast.Ident:
			p.reference(n, x, stack)
		case *ast.ForStmt, *ast.RangeStmt:
			n.loops = append(n.loops, x)
		}
		if expr, ok := x.(ast.Expr); ok {
			p.textAt(n, expr, stack)
		}
		return true
	})
	p.judgeInserts(n)
}

func (p *pkg) closure(n *node, lit *ast.FuncLit, stack []ast.Node) {
	if p.byLit[lit] != nil {
		return
	}
	sig, _ := p.info.TypeOf(lit).(*types.Signature)
	called := callOf(lit, stack) != nil
	c := &node{lit: lit, outer: n, atOnce: called || givenToGo(stack), owner: n.owner, sig: sig, body: lit.Body}
	p.byLit[lit] = c
	p.nodes = append(p.nodes, c)
	switch {
	case n.init && called: // runs at start
	case !p.finder.Closures[lit]:
		n.edges = append(n.edges, edge{to: c, pos: lit.Pos(), end: lit.End(), mask: n.maskAt(lit.Pos())})
	case p.finder.Handled[lit]:
		n.edges = append(n.edges, edge{to: c, pos: lit.Pos(), end: lit.End(), mask: notOfHandlers})
	}
}

// givenToGo reports whether the innermost node is a call of a method Go, like that of
// sync.WaitGroup and of errgroup.
func givenToGo(stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	call, ok := stack[len(stack)-1].(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	return ok && (sel.Sel.Name == "Go" || sel.Sel.Name == "TryGo")
}

// notOfHandlers are the kinds that do not pass from an update or query handler to
// the workflow that sets it: the handler is a root itself. But its activities are
// those of the workflow's run.
const notOfHandlers = allKinds &^ (Loop | Over | Continue)

// call handles what only a call shows: once-only code, and builders of INSERT.
func (p *pkg) call(n *node, call *ast.CallExpr, stack []ast.Node) {
	fn := roles.Callee(p.info, call)
	if fn == nil {
		return
	}
	if runsOnce(fn) || n.init {
		// Start-up code that a first caller happens to run is no activity's doing, and
		// what is given to an initializer's call runs at start or from where it is kept.
		n.marks = append(n.marks, mark{call.Pos(), call.End(), atStart})
	}
	for i, arg := range call.Args {
		if p.onceOnly(fn, i) {
			n.marks = append(n.marks, mark{arg.Pos(), arg.End(), atStart})
		}
	}
	if fn.Pkg() == p.pass.Pkg {
		p.local = append(p.local, call) // what it forwards may not be known yet
	} else {
		p.bindForwarded(call, fn)
	}
	p.builder(n, call, fn, stack)
}

// bindForwarded binds the functions given to a constructor that stores them.
func (p *pkg) bindForwarded(call *ast.CallExpr, fn *types.Func) {
	for _, fw := range p.finder.ForwardsOf(fn) {
		if fw.Kind == sdk.None && fw.Param < len(call.Args) {
			p.bindFunc(fw.Field, p.info.TypeOf(call.Args[fw.Param]), call.Args[fw.Param])
		}
	}
}

// atStart are the kinds that are right where a program starts.
const atStart = Exit | Retry | Dial | connect

// runsOnce reports whether fn runs its argument once a process.
func runsOnce(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "sync" {
		return false
	}
	switch ownerName(fn) {
	case "Once.Do", "OnceFunc", "OnceValue", "OnceValues":
		return true
	}
	return false
}

// onceOnly reports whether a function of this package does nothing with a function
// that it is given, its parameter i, but run it once.
func (p *pkg) onceOnly(fn *types.Func, i int) bool {
	n := p.byFn[fn.Origin()]
	if n == nil || i >= n.sig.Params().Len() || !isFuncType(n.sig.Params().At(i).Type()) {
		return false
	}
	if n.once == nil {
		n.once = make(map[*types.Var]bool)
		ast.PreorderStack(n.body, nil, func(x ast.Node, stack []ast.Node) bool {
			id, ok := x.(*ast.Ident)
			if !ok {
				return true
			}
			if v, ok := p.info.Uses[id].(*types.Var); ok && isFuncType(v.Type()) {
				before, used := n.once[v]
				n.once[v] = (before || !used) && slices.ContainsFunc(stack, func(outer ast.Node) bool {
					call, ok := outer.(*ast.CallExpr)
					return ok && runsOnce(roles.Callee(p.info, call))
				})
			}
			return true
		})
	}
	return n.once[n.sig.Params().At(i)]
}

// reference handles an identifier that names a function, or a variable that
// holds one.
func (p *pkg) reference(n *node, id *ast.Ident, stack []ast.Node) {
	var at ast.Expr = id
	var sel *ast.SelectorExpr
	if len(stack) > 0 {
		if s, ok := stack[len(stack)-1].(*ast.SelectorExpr); ok && s.Sel == id {
			sel, at = s, s
			stack = stack[:len(stack)-1]
		}
	}
	end := at.End()
	call := callOf(at, stack)
	if call != nil {
		end = call.End()
	}
	if n.init && call != nil {
		return // a call in an initializer runs at start
	}
	switch obj := p.info.Uses[id].(type) {
	case *types.Func:
		if p.finder.Handled[id] {
			n.marks = append(n.marks, mark{at.Pos(), at.End(), notOfHandlers})
		}
		if !p.finder.Consumed[id] || p.finder.Handled[id] {
			p.function(n, obj, sel, at.Pos(), end, call, stack)
		}
	case *types.Var:
		mask := n.maskAt(at.Pos())
		if obj.IsField() {
			if s := p.info.Selections[sel]; s != nil && isFuncType(obj.Type()) {
				if key := fieldKey(s); key != "" && !assigned(at, stack) {
					n.opens = append(n.opens, openCall{key: key, pos: at.Pos(), end: end, mask: mask | cannotContinue("", obj.Type())})
				}
			}
			return
		}
		if obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope() || assigned(at, stack) {
			return
		}
		if isFuncType(obj.Type()) && !foreign(pkgPath(obj.Pkg())) {
			n.opens = append(n.opens, openCall{key: varKey(obj), pos: at.Pos(), end: end, mask: mask | cannotContinue("", obj.Type())})
		} else if v := p.byVar[obj]; v != nil {
			n.edges = append(n.edges, edge{to: v, pos: at.Pos(), end: end, mask: mask})
		}
	}
}

func isFuncType(t types.Type) bool {
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// callOf returns the call whose function is x, or nil.
func callOf(x ast.Expr, stack []ast.Node) *ast.CallExpr {
	for i := len(stack) - 1; i >= 0; i-- {
		switch parent := stack[i].(type) {
		case *ast.ParenExpr:
			x = parent
		case *ast.IndexExpr:
			if parent.X != x {
				return nil
			}
			x = parent
		case *ast.IndexListExpr:
			x = parent
		case *ast.CallExpr:
			if parent.Fun == x {
				return parent
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// assigned reports whether x is what an assignment writes to.
func assigned(x ast.Expr, stack []ast.Node) bool {
	if len(stack) == 0 {
		return false
	}
	if a, ok := stack[len(stack)-1].(*ast.AssignStmt); ok {
		for _, lhs := range a.Lhs {
			if lhs == x {
				return true
			}
		}
	}
	return false
}

// function records a reference to a function: a sink, an edge, or an open call.
func (p *pkg) function(n *node, fn *types.Func, sel *ast.SelectorExpr, pos, end token.Pos, call *ast.CallExpr, stack []ast.Node) {
	mask := n.maskAt(pos)
	if p.sink(n, fn, pos, end, call, mask, stack) {
		return
	}
	if s := p.info.Selections[sel]; s != nil {
		recv := receiver(s)
		if types.IsInterface(recv) {
			if key := ifaceKey(recv); key != "" {
				n.opens = append(n.opens, openCall{key, fn.Name(), pos, end, mask | cannotContinue(fn.Name(), fn.Signature())})
			}
			return
		}
	}
	fn = fn.Origin()
	if fn.Pkg() == p.pass.Pkg {
		if to := p.byFn[fn]; to != nil {
			n.edges = append(n.edges, edge{to: to, pos: pos, end: end, mask: mask, call: call})
		}
		return
	}
	if fact := p.factOf(fn); len(fact.Effects)+len(fact.Opens) > 0 {
		n.edges = append(n.edges, edge{fn: fn, pos: pos, end: end, mask: mask, call: call})
	}
}

// cannotContinue is Continue if nothing behind an open call can make a workflow
// continue as new: that takes an error to return, and a workflow's context to make
// it from, unless the name says that it does it by other means.
func cannotContinue(name string, t types.Type) Kind {
	sig, ok := under[*types.Signature](t)
	if !ok || sig.Results().Len() == 0 || !isErrorType(sig.Results().At(sig.Results().Len()-1).Type()) {
		return Continue
	}
	for i := range sig.Params().Len() {
		if sdk.IsWorkflowContext(sig.Params().At(i).Type()) {
			return 0
		}
	}
	if name == "" && sig.Params().Len() == 0 || containsFold(name, "continueasnew") {
		return 0
	}
	return Continue
}

// receiver is the type whose method a selection ends at, behind embedded fields.
func receiver(s *types.Selection) types.Type {
	t := s.Recv()
	index := s.Index()
	for _, i := range index[:len(index)-1] {
		st, ok := structOf(t)
		if !ok {
			return t
		}
		t = st.Field(i).Type()
	}
	return t
}

// addSite records an effect of a node unless a directive silences it.
func (p *pkg) addSite(n *node, kind Kind, what string, pos, end token.Pos) *site {
	s := p.newSite(n, kind, what, pos, end)
	if s != nil {
		n.sites = append(n.sites, s)
	}
	return s
}

// newSite makes an effect of this package, which need not be one of the node that it
// is written in: a function that is kept there may be called elsewhere.
func (p *pkg) newSite(n *node, kind Kind, what string, pos, end token.Pos) *site {
	rule := ruleOf(kind)
	if d := p.set.Match(rule, pos); d != nil {
		p.used[d] |= kind
		return nil
	}
	at := p.pass.Fset.Position(pos)
	s := &site{
		effect: Effect{
			Kind: kind, What: what, Pkg: pkgPath(p.pass.Pkg),
			File: filepath.Base(at.Filename), Line: at.Line, Col: at.Column, Owner: n.owner,
		},
		pos: pos, end: end,
	}
	if have := p.sites[s.effect.ID()]; have != nil {
		s = have // the same text, used twice
	}
	p.sites[s.effect.ID()] = s
	return s
}

// ruleOf names the rule that reports a kind, for directives.
func ruleOf(kind Kind) string {
	switch kind {
	case Insert, Count:
		return "rawinsert"
	case Exit, Retry, connect:
		return "dbconnect"
	case Dial:
		return "clientreuse"
	case Loop, Over:
		return "activitylimit"
	}
	return ""
}
