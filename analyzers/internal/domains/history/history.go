// Package history finds what makes the history of a workflow's run grow without a bound: loops
// that run activities, local activities and child workflows, and how many of them a run has in
// all. Continuing as new, and asking whether to, makes loops without a bound legal.
package history

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

var (
	workflows = []facts.RootKind{facts.WorkflowRoot}

	// Loop runs activities in a loop that nothing bounds.
	Loop = facts.NewKind(facts.KindInfo{Name: "loop", Rule: "activitylimit", Roots: workflows, InHandlers: true})
	// Over runs more activities than the limit.
	Over = facts.NewKind(facts.KindInfo{Name: "over", Rule: "activitylimit", Roots: workflows, InHandlers: true})
	// proceeds continues as new, or asks whether to.
	proceeds = facts.NewKind(facts.KindInfo{Name: "continue", InHandlers: true})
)

// DefaultLimit is the limit of Media Cloud's guide: each activity adds at least three
// events to a history, which the server ends above 51,200 and warns of at 10,240.
const DefaultLimit = 1000

// Limit is the setting: the number of activities that a run of a workflow may have. It is
// read-only once analysis has started.
var Limit = DefaultLimit

// Inner returns, for a loop of the package that closes the chain, the innermost call there that
// leads to an activity.
func Inner(c *callgraph.Chain) token.Pos {
	if c.Site == nil {
		return token.NoPos
	}
	pos, _ := c.Site.Extra.(token.Pos)
	return pos
}

var domain = &callgraph.Domain{Name: "history", Version: 2}

func init() { callgraph.Register(domain, open) }

type reader struct {
	*callgraph.Package
	names   *names.Names
	tallies map[*callgraph.Node]*tally
	states  map[*callgraph.Node]*state
	fills   map[types.Object]bool // see filled
}

// state is what was found in a function that is counted by itself.
type state struct {
	counted bool                       // its closures are counted with it
	endless []ast.Stmt                 // its loops that are findings
	turns   []finding                  // its outermost loops with constant bounds
	checks  map[types.Object]token.Pos // see isChecked
}

// A summary is what callers need to know of a function: the activities that a workflow's run
// gets from one call, and whether it compares the length of something that it is given.
type summary struct {
	Tally  tally
	Checks bool
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{
		Package: p,
		names:   names.Of(p),
		states:  make(map[*callgraph.Node]*state),
	}
	return r, callgraph.Hooks{
		Sink:      r.sink,
		MaskOpen:  cannotContinue,
		Summarize: r.countInvocations,
		Function:  r.function,
		Inherent:  r.inputLoops,
		Whole:     r.sum,
		MaskRoot:  r.maskRoot,
	}
}

func (p *reader) state(n *callgraph.Node) *state {
	s := p.states[n]
	if s == nil {
		s = new(state)
		p.states[n] = s
	}
	return s
}

func (p *reader) summaryOf(fn *types.Func) *summary {
	return callgraph.SummaryOf[summary](p.Package, domain, fn)
}

func (p *reader) function(n *callgraph.Node) any {
	if s := (summary{p.tallyOf(n.Fn), p.checksLength(n.Fn)}); s.Tally.runs() || s.Checks {
		return &s
	}
	return nil
}

// continues is the effect of continuing as new, or of asking whether to: where it happens is
// of no interest, so there is one for all.
var continues = &callgraph.Site{Effect: facts.Effect{Kind: proceeds, What: "continue as new"}}

func (p *reader) sink(n *callgraph.Node, ref *callgraph.Reference) bool {
	if !sdk.ContinuesAsNew(ref.Fn) && !(sdk.AsksHistory(ref.Fn) && decides(ref.Stack, ref.Pos)) {
		return false
	}
	n.Sites = append(n.Sites, continues)
	return true
}

// cannotContinue hides continuing as new from open calls behind which nothing can do it: that
// takes an error to return, and a workflow's context to make it from, unless the name says that
// it does it by other means.
func cannotContinue(method string, t types.Type) facts.Kind {
	sig, ok := syntax.Under[*types.Signature](t)
	if !ok || sig.Results().Len() == 0 || !syntax.IsErrorType(sig.Results().At(sig.Results().Len()-1).Type()) {
		return proceeds
	}
	for v := range sig.Params().Variables() {
		if sdk.IsWorkflowContext(v.Type()) {
			return 0
		}
	}
	if method == "" && sig.Params().Len() == 0 || strings.Contains(strings.ToLower(method), "continueasnew") {
		return 0
	}
	return proceeds
}

// maskRoot says which loops do not matter: those of workflow code that is no workflow of its
// own, and those without a bound of a workflow that continues as new, or may do so behind an
// open call that nothing seen here resolves.
func (p *reader) maskRoot(r *callgraph.Root, reach facts.Reach) facts.Kind {
	switch {
	case r.Kind != facts.WorkflowRoot:
		return 0
	case r.Helper:
		return Loop | Over
	case p.MayReach(reach, proceeds):
		return Loop
	}
	return 0
}

// inputLoops are the loops that the arguments of a workflow bound: the input of one
// has no bound. A number that is handed on may be a limit, and is left alone.
func (p *reader) inputLoops(fn *types.Func) []*callgraph.Entry {
	var entries []*callgraph.Entry
	t := p.tallyOf(fn)
	for i := range t.Terms {
		term := &t.Terms[i]
		if term.Of == ofFunction || term.Func > 0 || term.Of == ofValue && len(term.Chain) > 0 {
			continue
		}
		entries = append(entries, callgraph.NewEntry(&term.Loop, term.Chain, term.pos, term.end))
	}
	return entries
}

// decides reports whether what is called at pos decides something: it is a condition
// on which the code leaves, or is kept. One that is only logged does not.
func decides(stack []ast.Node, pos token.Pos) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch s := stack[i].(type) {
		case *ast.IfStmt:
			does := false
			ast.Inspect(s, func(x ast.Node) bool {
				switch x.(type) {
				case *ast.ReturnStmt, *ast.BranchStmt, *ast.AssignStmt:
					does = true
				}
				return !does
			})
			return does && pos < s.Body.Pos()
		case *ast.ForStmt:
			return pos < s.Body.Pos()
		case *ast.SwitchStmt, *ast.CaseClause, *ast.AssignStmt, *ast.ValueSpec, *ast.ReturnStmt:
			return true
		case *ast.ExprStmt, *ast.FuncLit:
			return false
		}
	}
	return false
}
