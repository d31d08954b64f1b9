package callgraph

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Node is a function, a closure, or the initializer of a package variable.
type Node struct {
	Fn     *types.Func // nil for closures and initializers
	Decl   *ast.FuncDecl
	Lit    *ast.FuncLit // of a closure
	Outer  *Node        // that writes the closure
	AtOnce bool         // the closure is called, or given to a Go method, where it stands
	Name   string       // for chains; "" for closures and initializers, which are no hop
	Owner  string       // the declared function or the variable that it belongs to
	Sig    *types.Signature
	Body   ast.Node
	Init   bool // a variable's initializer, which runs at start

	Edges   []Edge
	Opens   []OpenCall
	Sites   []*Site
	Derived []Derived
	Loops   []ast.Node // in the order in which they begin
	marks   []Mark
	once    map[*types.Var]bool // see onceOnly

	index, low int // for the solver
	onStack    bool
	entries    map[string]*Entry
	order      []*Entry
}

// An Edge is a reference to a function.
type Edge struct {
	To       *Node       // in this package, or
	Fn       *types.Func // in another
	Pos, End token.Pos
	Mask     facts.Kind
	Call     *ast.CallExpr // if the reference is a call
}

// An OpenCall is a call whose target is not known: an interface's method, or a function
// in a variable or field.
type OpenCall struct {
	key, method string
	Pos, End    token.Pos
	Mask        facts.Kind

	on  *ast.SelectorExpr // of an interface's method
	ref *Reference
}

// Derived is an effect that a node has because of how it calls a function.
type Derived struct {
	Effect   facts.Effect
	Pos, End token.Pos // of the call
	Chain    []string
}

// A Mark is a stretch of code that some kinds do not pass.
type Mark struct {
	Pos, End token.Pos
	Mask     facts.Kind
}

// Mark hides the kinds of m in a stretch of the node's body. It must be called before
// the stretch is read.
func (n *Node) Mark(m Mark) { n.marks = append(n.marks, m) }

// MaskAt returns the kinds that are hidden at a position.
func (n *Node) MaskAt(pos token.Pos) facts.Kind {
	var mask facts.Kind
	for _, m := range n.marks {
		if m.Pos <= pos && pos < m.End {
			mask |= m.Mask
		}
	}
	return mask
}

// Innermost returns the innermost loop of the body around a position, or nil.
func (n *Node) Innermost(pos token.Pos) ast.Node {
	var best ast.Node
	for _, l := range n.Loops {
		if l.Pos() <= pos && pos < l.End() && (best == nil || l.Pos() > best.Pos()) {
			best = l
		}
	}
	return best
}

// Top is the declared function, or the initializer, that a closure stands in.
func (n *Node) Top() *Node {
	for n.Outer != nil {
		n = n.Outer
	}
	return n
}

// NodeOf returns the node of a declared function of this package, or nil.
func (p *Package) NodeOf(fn *types.Func) *Node { return p.byFn[fn] }

// ClosureOf returns the node of a function literal of this package, or nil.
func (p *Package) ClosureOf(lit *ast.FuncLit) *Node { return p.byLit[lit] }

// InitializerOf returns the node of a package variable's initializer, or nil.
func (p *Package) InitializerOf(v *types.Var) *Node { return p.byVar[v] }

// DeclOf returns the declaration of a function of this package, or nil.
func (p *Package) DeclOf(fn *types.Func) *ast.FuncDecl {
	if n := p.byFn[fn]; n != nil {
		return n.Decl
	}
	return nil
}

// ParamOf returns the declared function whose parameter v is, and its index.
func (p *Package) ParamOf(v *types.Var) (fn *types.Func, index int, ok bool) {
	at, ok := p.params[v]
	return at.fn, at.index, ok
}

type param struct {
	fn    *types.Func
	index int
}

// declare makes the nodes of functions and variables.
func (p *Package) declare() {
	p.flow.TypeArgs(p.InProgram)
	for _, file := range p.Files {
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				p.addFunc(decl)
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					if vs, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR {
						p.addVars(vs)
					}
				}
			}
		}
	}
}

// build reads the bodies of the nodes. Closures are added meanwhile.
func (p *Package) build() {
	for i := 0; i < len(p.Nodes); i++ {
		p.read(p.Nodes[i])
	}
	p.flow.Finish()
	p.dispatch()
}

func (p *Package) addFunc(decl *ast.FuncDecl) {
	fn, ok := p.Info.Defs[decl.Name].(*types.Func)
	if !ok || decl.Body == nil {
		return
	}
	sig := fn.Signature()
	for i := range sig.Params().Len() {
		p.params[sig.Params().At(i)] = param{fn, i}
	}
	n := &Node{Fn: fn, Decl: decl, Name: keys.Hop(fn), Owner: keys.Owner(fn), Sig: sig, Body: decl.Body}
	p.byFn[fn] = n
	p.Nodes = append(p.Nodes, n)
}

// addVars makes a node of a package variable's initializer: referring to a table
// of functions refers to the functions.
func (p *Package) addVars(spec *ast.ValueSpec) {
	for i, name := range spec.Names {
		v, ok := p.Info.Defs[name].(*types.Var)
		if !ok || i >= len(spec.Values) {
			continue
		}
		n := &Node{Owner: name.Name, Body: spec.Values[i], Init: true}
		p.byVar[v] = n
		p.Nodes = append(p.Nodes, n)
		p.flow.Variable(v, spec.Values[i])
	}
}

// read collects what the body of a node refers to.
func (p *Package) read(n *Node) {
	for _, enter := range p.enter {
		enter(n)
	}
	in := bindings.Function{Fn: n.Fn, Sig: n.Sig}
	if n.Init {
		in.Kept = func(x ast.Expr) { n.Mark(Mark{x.Pos(), x.End(), p.atStart}) }
	}
	ast.PreorderStack(n.Body, nil, func(x ast.Node, stack []ast.Node) bool {
		if lit, ok := x.(*ast.FuncLit); ok {
			p.closure(n, lit, stack)
			return false
		}
		p.flow.Node(in, x)
		switch x := x.(type) {
		case *ast.CallExpr:
			p.call(n, x)
		case *ast.Ident:
			p.reference(n, x, stack)
		case *ast.ForStmt, *ast.RangeStmt:
			n.Loops = append(n.Loops, x)
		}
		for _, visit := range p.visit {
			visit(n, x, stack)
		}
		return true
	})
	for _, leave := range p.leave {
		leave(n)
	}
}

func (p *Package) closure(n *Node, lit *ast.FuncLit, stack []ast.Node) {
	if p.byLit[lit] != nil {
		return
	}
	sig, _ := p.Info.TypeOf(lit).(*types.Signature)
	called := syntax.CallOf(lit, stack) != nil
	c := &Node{Lit: lit, Outer: n, AtOnce: called || syntax.GivenToGo(stack), Owner: n.Owner, Sig: sig, Body: lit.Body}
	p.byLit[lit] = c
	p.Nodes = append(p.Nodes, c)
	target, handler := p.target(lit)
	switch {
	case n.Init && called: // runs at start
	case !target:
		n.Edges = append(n.Edges, Edge{To: c, Pos: lit.Pos(), End: lit.End(), Mask: n.MaskAt(lit.Pos())})
	case handler:
		n.Edges = append(n.Edges, Edge{To: c, Pos: lit.Pos(), End: lit.End(), Mask: p.notOfHandlers})
	}
}

// call handles what only a call shows: code that runs once, and functions that the
// callee stores.
func (p *Package) call(n *Node, call *ast.CallExpr) {
	fn := syntax.Callee(p.Info, call)
	if fn == nil {
		return
	}
	if syntax.RunsOnce(fn) || n.Init {
		// Start-up code that a first caller happens to run is no root's doing, and what is
		// given to an initializer's call runs at start or from where it is kept.
		n.Mark(Mark{call.Pos(), call.End(), p.atStart})
	}
	for i, arg := range call.Args {
		if p.onceOnly(fn, i) {
			n.Mark(Mark{arg.Pos(), arg.End(), p.atStart})
		}
	}
	p.flow.Call(call, fn)
}

// onceOnly reports whether a function of this package does nothing with a function
// that it is given, its parameter i, but run it once.
func (p *Package) onceOnly(fn *types.Func, i int) bool {
	n := p.byFn[fn]
	if n == nil || i >= n.Sig.Params().Len() || !syntax.IsFuncType(n.Sig.Params().At(i).Type()) {
		return false
	}
	if n.once == nil {
		n.once = syntax.OnceOnly(p.Info, n.Body)
	}
	return n.once[n.Sig.Params().At(i)]
}
