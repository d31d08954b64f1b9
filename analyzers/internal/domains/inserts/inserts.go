// Package inserts finds the INSERTs that functions run and that insert a row again when
// they run again: as SQL text, whatever it is passed to, and as calls of the libraries that
// build one.
//
// What hides an INSERT is a conflict clause, a DELETE of the same rows before it in the same
// transaction, and code that accepts the error of a row that is there already.
package inserts

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/duplicates"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/markers"
	_ "github.com/mediacloud/mcwflint/analyzers/internal/domains/names" // has the roots
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Insert is an INSERT without conflict handling.
var Insert = facts.NewKind(facts.KindInfo{
	Name: "insert", Rule: "rawinsert", Roots: []facts.RootKind{facts.ActivityRoot}, Masked: "a duplicate is accepted",
})

// Count is an INSERT whose conflict clause adds to the row that is there.
var Count = facts.NewKind(facts.KindInfo{
	Name: "count", Rule: "rawinsert", Roots: []facts.RootKind{facts.ActivityRoot},
})

// Counters is the setting that also finds INSERTs whose conflict clause adds to the row
// that is there. It is read-only once analysis has started.
var Counters bool

// Literal returns the SQL text of a chain's INSERT if ON CONFLICT DO NOTHING can be appended
// to it, or nil.
func Literal(c *callgraph.Chain) *ast.BasicLit {
	if !c.Here || c.Site == nil {
		return nil
	}
	lit, _ := c.Site.Extra.(*ast.BasicLit)
	return lit
}

var domain = &callgraph.Domain{Name: "inserts", Version: 6}

func init() { callgraph.Register(domain, open) }

// reader reads one package.
type reader struct {
	*callgraph.Package
	text *sqltext.Evaluator
	dups *duplicates.Duplicates

	markers *markers.Markers

	bodies   map[*callgraph.Node]*body
	fromTx   map[*callgraph.Node]map[types.Object]types.Object // see madeFromTx
	upserts  map[*types.Func]bool                              // see namesOnConflict
	wrapped  map[*types.Var]use                                // see useOf
	selected map[token.Pos]span                                // see noteSelection
	inTables map[token.Pos][]token.Pos                         // where package variables have an INSERT's text
}

// body is what the body of a node contains.
type body struct {
	inserts []insertion // candidates, judged when the body is read
	deletes []deletion
	emptied []emptied
}

// A summary is what callers need to know of a function.
type summary struct {
	Texts []resultText
	// Deletes: the tables that it deletes from, in the transaction that it is given.
	Deletes []string
	// Tames: the parameters whose text it runs with a clause of its own, or on databases that
	// have none.
	Tames []int
	// Upserts: gorm calls it before an INSERT, and it adds the clause.
	Upserts bool
}

// resultText holds the SQL templates of result Index of a function.
type resultText struct {
	Index int
	Texts []string
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{
		Package:  p,
		dups:     duplicates.Of(p),
		markers:  markers.Of(p),
		bodies:   make(map[*callgraph.Node]*body),
		fromTx:   make(map[*callgraph.Node]map[types.Object]types.Object),
		upserts:  make(map[*types.Func]bool),
		wrapped:  make(map[*types.Var]use),
		selected: make(map[token.Pos]span),
		inTables: make(map[token.Pos][]token.Pos),
	}
	return r, callgraph.Hooks{
		Prepare: r.prepare,
		Enter:   func(n *callgraph.Node) { r.markAccepted(n) },
		Visit:   r.visit,
		Leave:   r.judgeInserts,
		Summarize: func() {
			r.leaveGuarded()
			r.findDeletions()
			r.findWrappers()
		},
		Passes:   r.passes,
		Function: r.function,
	}
}

func (p *reader) prepare() {
	p.text = sqltext.NewEvaluator(p.Info, p.Files)
	p.text.Fset = p.Pass.Fset
	texts := func(obj types.Object, i int) []string {
		for _, t := range p.summaryOf(obj).Texts {
			if t.Index == i {
				return t.Texts
			}
		}
		return nil
	}
	p.text.Imported = func(fn *types.Func, i int) []string { return texts(fn, i) }
	p.text.ImportedVar = func(v *types.Var) []string { return texts(v, 0) }
	p.exportVars()
}

// exportVars exports the SQL that exported variables hold.
func (p *reader) exportVars() {
	scope := p.Pass.Pkg.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if !ok || !v.Exported() || !syntax.IsString(v.Type()) {
			continue
		}
		if texts := templates(p.text.Var(v)); texts != nil {
			p.Export(domain, v, &summary{Texts: []resultText{{Texts: texts}}})
		}
	}
}

// summaryOf is the summary of a function of another package; never nil.
func (p *reader) summaryOf(fn types.Object) *summary {
	return callgraph.SummaryOf[summary](p.Package, domain, fn)
}

func (p *reader) body(n *callgraph.Node) *body {
	b := p.bodies[n]
	if b == nil {
		b = new(body)
		p.bodies[n] = b
	}
	return b
}

func (p *reader) markAccepted(n *callgraph.Node) {
	for _, s := range p.dups.Accepted(n.Body) {
		n.Mark(callgraph.Mark{Pos: s.Pos, End: s.End, Mask: Insert})
	}
}

func (p *reader) visit(n *callgraph.Node, x ast.Node, stack []ast.Node) {
	if call, ok := x.(*ast.CallExpr); ok {
		p.replaces(n, call, stack)
		if fn := syntax.Callee(p.Info, call); fn != nil {
			p.builder(n, call, fn, stack)
		}
	}
	if expr, ok := x.(ast.Expr); ok {
		p.textAt(n, expr, stack)
	}
}

// leaveGuarded leaves out what only runs where a marker has changed a row, or where there is none.
func (p *reader) leaveGuarded() {
	for _, n := range p.Nodes {
		for _, in := range p.body(n).inserts {
			if p.markers.Guarded(n, in.use) || p.markers.Missing(n, in.use, in.table) {
				takeBack(n, in)
			}
		}
		for i := range n.Opens {
			if p.markers.Guarded(n, n.Opens[i].Pos) {
				n.Opens[i].Mask |= Insert
			}
		}
	}
}

func (p *reader) function(n *callgraph.Node) any {
	s := &summary{
		Texts:   p.returnedTexts(n),
		Deletes: p.tables(n),
		Tames:   p.tamed(n.Fn),
		Upserts: p.upsertsHere(n.Fn),
	}
	if len(s.Texts)+len(s.Deletes)+len(s.Tames) == 0 && !s.Upserts {
		return nil
	}
	return s
}

// returnedTexts are the SQL templates that a function returns, if there is an
// INSERT in them.
func (p *reader) returnedTexts(n *callgraph.Node) []resultText {
	decl := p.text.Decl(n.Fn)
	if decl == nil || decl.Body == nil {
		return nil
	}
	var all []resultText
	results := n.Fn.Signature().Results()
	for i := range results.Len() {
		if !syntax.IsString(results.At(i).Type()) {
			continue
		}
		if texts := templates(p.text.Returned(decl, i)); texts != nil {
			all = append(all, resultText{i, texts})
		}
	}
	return all
}

// templates are texts for the fact, if there is an INSERT in them.
func templates(all []sqltext.Text) []string {
	var texts []string
	found := false
	for _, t := range all {
		s := t.String()
		if len(s) > 1<<16 {
			s = sqltext.Hole
		}
		found = found || containsFold(s, "insert")
		texts = append(texts, strings.Clone(s))
	}
	if !found {
		return nil
	}
	return texts
}
