// Package markers knows what only runs once, however often it is tried: code behind a statement that
// changes a row once, and where that has changed one.
package markers

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/duplicates"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

var domain = &callgraph.Domain{Name: "markers", Version: 1}

func init() { callgraph.Register(domain, open) }

// Markers is what is known of the markers of a package that is being read.
type Markers struct {
	*callgraph.Package
	dups    *duplicates.Duplicates
	bodies  map[*callgraph.Node]*body
	handed  map[*ast.FuncLit]handed
	methods map[*types.Func]said // of the package's interfaces
}

// body is what the body of a node contains.
type body struct {
	markers []marker
	asked   []*ast.CallExpr // see noteAsked
	looks   []looked
	locks   []token.Pos
	updates []updated
	guarded []flow.Region // see guard
	missing []missing
	says    said
	once    []int // see summary.Once
}

// A summary is what callers need to know of a function.
type summary struct {
	Said said
	// Once: the parameters, functions, that it only runs where a marker has changed a row.
	Once []int
	// Locks: it takes a lock.
	Locks bool
}

// Of returns the markers of a package that is being read.
func Of(p *callgraph.Package) *Markers { return p.Reader(domain).(*Markers) }

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	m := &Markers{
		Package: p,
		dups:    duplicates.Of(p),
		bodies:  make(map[*callgraph.Node]*body),
		handed:  make(map[*ast.FuncLit]handed),
		methods: make(map[*types.Func]said),
	}
	return m, callgraph.Hooks{Visit: m.visit, Summarize: m.findGuarded, Function: m.function}
}

// summaryOf is the summary of a function of another package; never nil.
func (p *Markers) summaryOf(fn types.Object) *summary {
	return callgraph.SummaryOf[summary](p.Package, domain, fn)
}

func (p *Markers) body(n *callgraph.Node) *body {
	b := p.bodies[n]
	if b == nil {
		b = new(body)
		p.bodies[n] = b
	}
	return b
}

func (p *Markers) visit(n *callgraph.Node, x ast.Node, _ []ast.Node) {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return
	}
	if fn := syntax.Callee(p.Info, call); fn != nil {
		p.noteAsked(n, call, fn.Origin())
	}
	for i, arg := range call.Args {
		if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok {
			p.handed[lit] = handed{call, i}
		}
	}
}

func (p *Markers) function(n *callgraph.Node) any {
	b := p.bodies[n]
	if b == nil || b.says == (said{}) && len(b.once)+len(b.locks) == 0 {
		return nil
	}
	slices.Sort(b.once) // the same facts each time
	return &summary{b.says, b.once, len(b.locks) > 0}
}

// A marker is a statement that changes a row once: INSERT ... ON CONFLICT DO NOTHING, or UPDATE ...
// SET state = 'paid' WHERE state = 'open'. Where it changes none, an earlier attempt has, and what
// only runs where it changes one runs once.
type marker struct {
	end    token.Pos
	result *types.Var // of Exec, or
	err    *types.Var // of Scan
	// updates is the table of an UPDATE that changes a row whenever it is there: where it changes
	// none, there is no row yet.
	updates string
}

// Note notes what the result of a call that runs a marker, if there is a call, is assigned to. The
// stack leads to what stands for the statement.
func (p *Markers) Note(n *callgraph.Node, call *ast.CallExpr, stack []ast.Node) {
	p.note(n, call, "", stack)
}

func (p *Markers) note(n *callgraph.Node, call *ast.CallExpr, updates string, stack []ast.Node) {
	if call == nil {
		return
	}
	result, err, ok := p.assignees(stack)
	if !ok {
		return
	}
	m := marker{end: call.End(), updates: updates, result: result}
	if id := syntax.Called(call); id == nil || !strings.HasPrefix(id.Name, "Exec") {
		m.err = err
	}
	b := p.body(n)
	b.markers = append(b.markers, m)
}

// assignees are what the expression at the end of a stack is assigned to, a result and an error, each
// nil if there is none. It reports false if it is not assigned.
func (p *Markers) assignees(stack []ast.Node) (result, err *types.Var, ok bool) {
	for i := len(stack) - 1; i >= 0; i-- {
		switch x := stack[i].(type) {
		case ast.Expr:
			continue
		case *ast.AssignStmt:
			for _, lhs := range x.Lhs {
				switch v := syntax.Var(p.Info, lhs); {
				case v == nil:
				case syntax.IsErrorType(v.Type()):
					err = v
				default:
					result = v
				}
			}
			return result, err, true
		}
		return nil, nil, false
	}
	return nil, nil, false
}
