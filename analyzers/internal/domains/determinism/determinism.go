// Package determinism finds what differs when Temporal runs workflow code again from its
// history: clocks, random numbers, goroutines, the order of maps, the world outside, and the
// state of the process. What hides one is that its value is recorded, or that it is not run
// on a replay.
package determinism

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/flags"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Differs is what differs on a replay. The effect's number is its cause.
var Differs = facts.NewKind(facts.KindInfo{
	Name: "differs", Rule: "determinism", Roots: []facts.RootKind{facts.WorkflowRoot}, AtStart: true, Masked: "recorded, or not run on a replay",
	// A function that takes workflow.Context is workflow code wherever it is called from,
	// and is reported where it stands.
	Own: sdk.IsWorkflowCode,
	// Nearly everything reaches a clock or a file in the end. The nearest of a cause are what
	// is mended first.
	Nearest: 3,
})

// Causes: the numbers of effects.
const (
	Clock     = iota + 1 // asks for the time
	Sleep                // waits for the clock
	Timer                // makes a timer
	Deadline             // makes a context that ends by the clock
	Random               // random numbers and identifiers
	Goroutine            // starts a goroutine
	Channel              // sends to, receives from or selects on channels
	Wait                 // waits for goroutines
	Order                // has the order of a map reach something
	World                // asks or changes what is outside of the process
	Write                // writes a package variable
	Read                 // reads a package variable that something writes while the program runs
	Denied               // is named in the setting deny
)

// Deny and Allow are the settings that name functions, as "path/to/pkg.Func" or
// "path/to/pkg.Type.Method", which differ, or do not. They are read-only once analysis has
// started.
var Deny, Allow flags.List

var domain = &callgraph.Domain{Name: "determinism", Version: 3}

func init() { callgraph.Register(domain, open) }

// A summary is what callers need to know of a function.
type summary struct {
	// Known: what follows is known, because the function takes workflow.Context.
	Known bool
	// Commands says which it gives to the server.
	Commands commands
	// Unordered: its first result is in the order of a map.
	Unordered bool
	// Recorded are the parameters, functions, that it only runs where the result is recorded.
	Recorded []int
	// Guard: its result says whether workflow code runs again, see guard.
	Guard int
}

type reader struct {
	*callgraph.Package
	workflows bool // the package imports the SDK
	exempt    []stretch
	recorded  map[*types.Func][]int
	queries   map[token.Pos]bool // calls that set a query handler
	effects   map[*types.Func]bool
	asserted  map[*types.Var]bool // whether a value is a workflow.Context

	decisions map[*types.Package]decision

	order         *ordering
	writes, reads []access // of package variables
	channels      []channelUse
	private       map[*types.Var]bool      // channels, see isPrivate
	made          map[*types.TypeName]bool // types of which workflow code makes values
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	if sdk.InSDK(p.Pass.Pkg) {
		return nil, callgraph.Hooks{} // it is what runs workflows
	}
	r := &reader{
		Package: p, workflows: sdk.Imports(p.Pass.Pkg),
		recorded: make(map[*types.Func][]int), queries: make(map[token.Pos]bool), effects: make(map[*types.Func]bool),
		asserted: make(map[*types.Var]bool),
		made:     make(map[*types.TypeName]bool),
		private:  make(map[*types.Var]bool), decisions: make(map[*types.Package]decision),
	}
	r.order = newOrdering(r)
	return r, callgraph.Hooks{
		Prepare: r.findExempt, Enter: r.markExempt, Visit: r.visit, Sink: r.sink,
		Summarize: r.summarize, MaskRoot: r.maskRoot, MaskOpen: maskOpen, Function: r.function, Suits: r.suits,
	}
}

// visit looks for what is no call of a function.
func (r *reader) visit(n *callgraph.Node, x ast.Node, stack []ast.Node) {
	r.noteMade(n, x)
	switch x := x.(type) {
	case *ast.CallExpr:
		r.markRecorded(n, x)
		r.mutates(n, x, stack)
	case *ast.AssignStmt, *ast.IncDecStmt:
		r.assigns(n, x, stack)
	case *ast.IfStmt:
		if !r.workflows { // it may ask an abstraction of the SDK
			before := len(r.exempt)
			r.exemptGuarded(x, stack)
			for _, s := range r.exempt[before:] {
				n.Mark(callgraph.Mark{Pos: s.pos, End: s.end, Mask: hidden})
			}
		}
	case *ast.Ident:
		r.variable(n, x)
	}
	r.concurrent(n, x)
	r.order.note(n, x)
}

func (r *reader) summarize() {
	r.order.find()
	r.findReads()
	r.findChannels()
}

// sink recognizes the functions in the tables. It leaves them to other domains, too. A
// function that workflow code names, and does not call, is an activity if it takes a context.
func (r *reader) sink(n *callgraph.Node, ref *callgraph.Reference) bool {
	if isKept(ref) {
		ref.Mask |= hidden // whoever calls the field runs it, or what the field is given instead
	}
	if ref.Call == nil && takesContext(ref.Fn.Signature()) || len(Allow) > 0 && slices.Contains(Allow, keys.Func(ref.Fn)) {
		ref.Mask |= hidden
		return false
	}
	if isLog(ref.Fn) || r.printsTo(ref) {
		r.AddSink(n, Logs, ref.Fn.Pkg().Name()+"."+keys.Owner(ref.Fn), ref)
		return false
	}
	cause := r.causeOf(ref.Fn)
	if cause == 0 {
		return false
	}
	if s := r.AddSink(n, Differs, ref.Fn.Pkg().Name()+"."+keys.Owner(ref.Fn), ref); s != nil {
		s.Effect.N = cause
	}
	return false
}

// isKept reports whether a function is put into a field, and not called.
func isKept(ref *callgraph.Reference) bool {
	if ref.Call != nil || len(ref.Stack) == 0 {
		return false
	}
	switch parent := ref.Stack[len(ref.Stack)-1].(type) {
	case *ast.KeyValueExpr:
		return syntax.Ident(parent.Key) != nil && parent.Value.Pos() == ref.Pos
	case *ast.AssignStmt:
		_, field := ast.Unparen(parent.Lhs[0]).(*ast.SelectorExpr)
		return field && len(parent.Lhs) == 1
	}
	return false
}

// add records an effect that is no call.
func (r *reader) add(n *callgraph.Node, cause int, what string, pos, end token.Pos) *callgraph.Site {
	if n.MaskAt(pos)&Differs != 0 {
		return nil
	}
	s := r.AddSite(n, Differs, what, pos, end)
	if s != nil {
		s.Effect.N = cause
	}
	return s
}

// maskOpen: a variable that holds a function which takes a context holds an activity, or one
// that workflow code has no context for.
func maskOpen(method string, t types.Type) facts.Kind {
	if sig, ok := syntax.Under[*types.Signature](t); ok && method == "" && takesContext(sig) {
		return Differs
	}
	return 0
}

func takesContext(sig *types.Signature) bool {
	return sig.Params().Len() > 0 && syntax.IsContext(sig.Params().At(0).Type())
}

// maskRoot: a query is answered outside of a replay, and what an effect's function does is
// recorded.
func (r *reader) maskRoot(root *callgraph.Root, _ facts.Reach) facts.Kind {
	if r.queries[root.Pos] && root.Pos.IsValid() || root.Node != nil && r.effects[root.Node.Fn] && root.Node.Fn != nil {
		return hidden
	}
	return 0
}

func (r *reader) function(n *callgraph.Node) any {
	s := summary{Unordered: r.order.results[n].Returned, Recorded: r.recorded[n.Fn]}
	if results := n.Sig.Results(); results.Len() == 1 && types.Identical(results.At(0).Type(), types.Typ[types.Bool]) {
		s.Guard = int(r.askedBy(n.Fn, 0))
	}
	if sdk.IsWorkflowCode(n.Sig) {
		s.Known, s.Commands = true, r.order.commands(n)
	}
	if !s.Known && !s.Unordered && len(s.Recorded) == 0 && s.Guard == 0 {
		return nil
	}
	return &s
}

// imported is the summary of a function of another package.
func (r *reader) imported(fn *types.Func) *summary {
	return callgraph.SummaryOf[summary](r.Package, domain, fn)
}

// variable records the use of a package variable.
func (r *reader) variable(n *callgraph.Node, id *ast.Ident) {
	v, ok := r.Info.Uses[id].(*types.Var)
	if !ok || ofPackage(v) == nil {
		return
	}
	if v.Pkg().Path() == "crypto/rand" {
		r.add(n, Random, "rand."+v.Name(), id.Pos(), id.End())
	}
	if r.workflows && v.Pkg() == r.Pass.Pkg {
		r.reads = append(r.reads, access{n, v, id.Pos(), id.End()})
	}
}

// roles are the roles and assignments of the package.
func (r *reader) roles() *names.Names { return names.Of(r.Package) }
