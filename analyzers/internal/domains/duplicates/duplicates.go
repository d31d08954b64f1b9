// Package duplicates knows where the code accepts a row that is there already: a test for a unique
// violation whose branch goes on or returns success. Mapping it to another error, retryable or
// not, is not acceptance.
package duplicates

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

var domain = &callgraph.Domain{Name: "duplicates", Version: 2}

func init() { callgraph.Register(domain, open) }

// A Stretch is code whose duplicates are accepted.
type Stretch struct{ Pos, End token.Pos }

// Duplicates is what is known of the duplicates of a package that is being read.
type Duplicates struct {
	*callgraph.Package
	// marks are the calls whose duplicate is accepted, by the body they stand in.
	marks     map[ast.Node][]Stretch
	fresh     map[ast.Node][]flow.Region // see Fresh
	graphs    map[*ast.BlockStmt]*flow.Graph
	tests     map[*types.Func]bool  // predicates
	accepts   map[*types.Func]bool  // functions of an error that return none for a duplicate
	runs      map[*types.Func][]int // the parameters, functions, whose duplicate they accept
	given     map[*types.Func][]int // see summary.Given
	targets   map[types.Object]bool // see findGiven
	sentinels []string              // what a unique violation is mapped to, here
	known     map[string]bool       // and in imports
	imported  []string
}

// A summary is what callers need to know of a function.
type summary struct {
	// Tests: a predicate that says whether an error is a unique violation.
	Tests bool
	// Accepts: given an error, returns nil if it is a unique violation.
	Accepts bool
	// Runs: the parameters, functions, that it runs and whose duplicates it accepts.
	Runs []int
	// Given: the parameters, errors, of which it returns none if it is given one that is them:
	// ignore(err, ErrExists).
	Given []int
}

// wiring has what a unique violation is mapped to, here and in imports: variables, types of errors,
// constants and texts in them.
type wiring struct{ Sentinels []string }

// Of returns the duplicates of a package that is being read.
func Of(p *callgraph.Package) *Duplicates { return p.Reader(domain).(*Duplicates) }

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	d := &Duplicates{
		Package: p,
		marks:   make(map[ast.Node][]Stretch),
		fresh:   make(map[ast.Node][]flow.Region),
		graphs:  make(map[*ast.BlockStmt]*flow.Graph),
		tests:   make(map[*types.Func]bool),
		accepts: make(map[*types.Func]bool),
		runs:    make(map[*types.Func][]int),
		given:   make(map[*types.Func][]int),
		known:   make(map[string]bool),
	}
	return d, callgraph.Hooks{Import: d.importWiring, Prepare: d.find, Function: d.function, Wiring: d.exportWiring}
}

func (d *Duplicates) importWiring(_ *types.Package, w *callgraph.Wiring) {
	var iw wiring
	if !w.Read(domain.Name, domain.Version, &iw) {
		return
	}
	for _, s := range iw.Sentinels {
		if !d.known[s] {
			d.known[s] = true
			d.imported = append(d.imported, s)
		}
	}
}

func (d *Duplicates) exportWiring() any {
	all := append(d.imported[:len(d.imported):len(d.imported)], d.sentinels...)
	if len(all) == 0 {
		return nil
	}
	slices.Sort(all)
	return &wiring{all}
}

func (d *Duplicates) function(n *callgraph.Node) any {
	s := &summary{d.tests[n.Fn], d.accepts[n.Fn], d.runs[n.Fn], d.given[n.Fn]}
	if !s.Tests && !s.Accepts && len(s.Runs)+len(s.Given) == 0 {
		return nil
	}
	return s
}

// summaryOf is the summary of a function of another package; never nil.
func (d *Duplicates) summaryOf(fn types.Object) *summary {
	return callgraph.SummaryOf[summary](d.Package, domain, fn)
}

// Accepted are the stretches of a body whose duplicates are accepted.
func (d *Duplicates) Accepted(body ast.Node) []Stretch { return d.marks[body] }

// Fresh is what a body only runs where something was no duplicate: what leaves it at the duplicate has
// done the rest before.
func (d *Duplicates) Fresh(body ast.Node) []flow.Region { return d.fresh[body] }

func (d *Duplicates) find() {
	d.eachFunc(d.findGiven)
	// Again if there is something to know: a body may use a predicate or sentinel of
	// a file further down.
	for i := 0; i == 0 || i == 1 && len(d.tests)+len(d.accepts)+len(d.sentinels)+len(d.runs) > 0; i++ {
		clear(d.marks)
		clear(d.fresh)
		d.eachFunc(func(fn *types.Func, decl *ast.FuncDecl) { d.read(d.newScope(fn, decl.Type, decl.Body)) })
	}
}

func (d *Duplicates) eachFunc(do func(*types.Func, *ast.FuncDecl)) {
	for _, n := range d.Nodes {
		if n.Decl != nil {
			do(n.Fn, n.Decl)
		}
	}
}

// A scope is the body of a function or a closure, and what its variables are.
type scope struct {
	fn      *types.Func // nil for closures
	body    *ast.BlockStmt
	result  types.Object                  // its last result, if that has a name
	aliases map[types.Object]types.Object // the errors that variables stand for
	flags   map[types.Object]test         // the tests that variables hold
	// outer is the function that defers the closure, and from the end of the statement.
	outer *scope
	from  token.Pos
}

func (d *Duplicates) newScope(fn *types.Func, typ *ast.FuncType, body *ast.BlockStmt) *scope {
	s := &scope{fn: fn, body: body, aliases: make(map[types.Object]types.Object), flags: make(map[types.Object]test)}
	if typ.Results.NumFields() > 0 {
		if last := typ.Results.List[len(typ.Results.List)-1]; len(last.Names) > 0 {
			s.result = d.Info.Defs[last.Names[len(last.Names)-1]]
		}
	}
	return s
}

// read reads one body; closures in it are bodies of their own.
func (d *Duplicates) read(in *scope) {
	if in.fn != nil && isPredicate(in.fn) && d.bodyTests(in.body) {
		d.tests[in.fn] = true
	}
	nodes := nodesIn(in.body)
	d.noteAliases(in, nodes)
	var deferred *ast.DeferStmt
	for _, x := range nodes {
		switch x := x.(type) {
		case *ast.DeferStmt:
			deferred = x
		case *ast.FuncLit:
			closure := d.newScope(nil, x.Type, x.Body)
			if deferred != nil && deferred.Call.Fun == x {
				closure.outer, closure.from = in, deferred.End()
			}
			d.read(closure)
		case *ast.CallExpr:
			d.acceptHanded(in, x)
		case *ast.AssignStmt:
			d.acceptedBy(x.Rhs, in.body, x)
		case *ast.ReturnStmt:
			d.acceptedBy(x.Results, in.body, x)
		case *ast.IfStmt:
			if t, ok := d.condition(in, x.Cond); ok {
				d.branch(in, t, x.Cond)
			}
		case *ast.SwitchStmt:
			d.switchCases(in, x)
		}
	}
}

// noteAliases notes what stands for an error, or for a test of one.
func (d *Duplicates) noteAliases(in *scope, nodes []ast.Node) {
	for _, x := range nodes {
		switch x := x.(type) {
		case *ast.CallExpr:
			d.noteAs(in, x)
		case *ast.AssignStmt:
			d.noteAlias(in, x)
		case *ast.TypeSwitchStmt:
			d.noteSwitch(in, x)
		}
	}
}

// nodesIn are the statements, calls and closures in a body, without what is in the closures.
func nodesIn(body *ast.BlockStmt) []ast.Node {
	var nodes []ast.Node
	ast.Inspect(body, func(x ast.Node) bool {
		switch x.(type) {
		case *ast.CallExpr, *ast.AssignStmt, *ast.TypeSwitchStmt, *ast.DeferStmt, *ast.FuncLit, *ast.ReturnStmt, *ast.IfStmt, *ast.SwitchStmt:
			nodes = append(nodes, x)
		}
		_, isClosure := x.(*ast.FuncLit)
		return !isClosure
	})
	return nodes
}

// A test is a condition that is about a unique violation of an error.
type test struct {
	err   types.Object
	isDup bool // the condition holds for a duplicate; otherwise it holds for all else
}

// condition reads a condition: isDup(err), !isDup(err), err != nil && !isDup(err),
// errors.As(err, &pgErr) && pgErr.Code == "23505".
func (d *Duplicates) condition(in *scope, x ast.Expr) (t test, ok bool) {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		if t, ok := in.flags[d.Info.ObjectOf(x)]; ok {
			return t, true
		}
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			t, ok = d.condition(in, x.X)
			t.isDup = !t.isDup
			return t, ok
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			l, okL := d.condition(in, x.X)
			r, okR := d.condition(in, x.Y)
			switch {
			case okL:
				t, ok = l, true
			case okR:
				t, ok = r, true
			}
			if ok && t.err == nil {
				t.err = d.errorIn(x, in.aliases)
			}
			return t, ok
		case token.EQL, token.NEQ:
			if d.bodyTests(x) {
				return test{err: d.errorIn(x, in.aliases), isDup: x.Op == token.EQL}, true
			}
			return t, false
		}
	}
	if d.bodyTests(x) {
		return test{err: d.errorIn(x, in.aliases), isDup: true}, true
	}
	return t, false
}

// errorIn finds the error that an expression is about.
func (d *Duplicates) errorIn(x ast.Node, aliases map[types.Object]types.Object) types.Object {
	var found types.Object
	ast.Inspect(x, func(y ast.Node) bool {
		if found != nil {
			return false
		}
		switch y := y.(type) {
		case *ast.SelectorExpr:
			// gorm has the error in its result: result.Error.
			if v, ok := d.Info.Uses[y.Sel].(*types.Var); ok && v.IsField() && syntax.IsErrorType(v.Type()) {
				if id := syntax.Ident(y.X); id != nil {
					found = d.Info.ObjectOf(id)
				}
			}
		case *ast.Ident:
			obj := d.Info.ObjectOf(y)
			for i := 0; i < 3 && aliases[obj] != nil; i++ {
				obj = aliases[obj]
			}
			if v, ok := obj.(*types.Var); ok && syntax.IsErrorType(v.Type()) && !d.targets[v] && !(v.Pkg() != nil && v.Parent() == v.Pkg().Scope()) {
				found = v
			}
		}
		return found == nil
	})
	return found
}

func (d *Duplicates) switchCases(in *scope, s *ast.SwitchStmt) {
	for _, c := range s.Body.List {
		for _, x := range c.(*ast.CaseClause).List {
			if s.Tag == nil {
				if t, ok := d.condition(in, x); ok && t.isDup {
					d.branch(in, t, x)
				}
			} else if _, isField := ast.Unparen(s.Tag).(*ast.SelectorExpr); d.bodyTests(x) || isField && d.bodyTests(s.Tag) {
				d.branch(in, test{d.errorIn(s.Tag, in.aliases), true}, x)
			}
		}
	}
}

// branch judges what is done with a duplicate of a test that is a condition.
func (d *Duplicates) branch(in *scope, t test, cond ast.Expr) {
	if t.err == nil {
		return
	}
	p := d.newPath(in, t.err)
	for _, c := range d.graph(in.body).Conditions(cond) {
		if !p.goesOn(c, t.isDup) || d.isKind(p.returned) {
			d.noteSentinel(p.returned)
			return
		}
	}
	if fn := in.fn; fn != nil && isParam(fn, t.err) {
		if r := fn.Signature().Results(); r.Len() > 0 && syntax.IsErrorType(r.At(r.Len()-1).Type()) {
			d.accepts[fn] = true
		}
		return
	}
	if outer := in.outer; outer != nil && outer.result == t.err {
		// It was the result of whatever the function did.
		d.marks[outer.body] = append(d.marks[outer.body], Stretch{Pos: in.from, End: outer.body.End()})
		return
	}
	d.acceptAssigned(in.body, t.err, cond.Pos())
	d.noteFresh(in, t, cond)
}

// noteFresh notes what only runs if the error of a test is no duplicate: the other side of the test, and
// of a test for an error around it.
func (d *Duplicates) noteFresh(in *scope, t test, cond ast.Expr) {
	around := make(map[ast.Expr]bool)
	for k := range d.graph(in.body).Known() {
		if err, fails := syntax.ComparesNil(d.Info, k.Expr); err != nil && err == t.err && fails == k.Holds && k.In.Has(cond.Pos()) {
			around[k.Expr] = true
		}
	}
	for k := range d.graph(in.body).Known() {
		within := cond.Pos() <= k.Expr.Pos() && k.Expr.End() <= cond.End()
		other, isTest := d.condition(in, k.Expr)
		_, fails := syntax.ComparesNil(d.Info, k.Expr)
		if within && isTest && other.err == t.err && other.isDup != k.Holds || around[k.Expr] && fails != k.Holds {
			d.fresh[in.body] = append(d.fresh[in.body], k.In)
		}
	}
}

// graph is the control flow of a body.
func (d *Duplicates) graph(body *ast.BlockStmt) *flow.Graph {
	g := d.graphs[body]
	if g == nil {
		g = flow.New(d.Info, body)
		d.graphs[body] = g
	}
	return g
}

func isParam(fn *types.Func, v types.Object) bool {
	params := fn.Signature().Params()
	for i := range params.Len() {
		if params.At(i) == v {
			return true
		}
	}
	return false
}
