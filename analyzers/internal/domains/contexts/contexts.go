// Package contexts knows which options the context of a workflow has where an activity is
// executed on it: through variables, closures, helpers that return a context, and helpers that
// are given one, in other packages as well.
package contexts

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Heartbeat is the recording of a heartbeat.
var Heartbeat = facts.NewKind(facts.KindInfo{Name: "heartbeat", Rule: "activityoptions", AtStart: true, Nearest: 1})

// MayHeartbeat is a call of a function in a package that has not been read, and that may record
// heartbeats.
var MayHeartbeat = facts.NewKind(facts.KindInfo{Name: "mayheartbeat", Rule: "activityoptions", AtStart: true, Nearest: 1})

// A Problem is what is wrong with the options of an execution.
type Problem int

const (
	NoTimeout       Problem = iota // neither StartToCloseTimeout nor ScheduleToCloseTimeout
	NoOptions                      // none of this kind, in a workflow
	OtherOptions                   // only those of another kind
	NoHeartbeat                    // the activity records heartbeats, and there is no HeartbeatTimeout
	UnusedHeartbeat                // there is a HeartbeatTimeout, and the activity never records one
)

// An Execution is an activity that is executed with options that cannot work.
type Execution struct {
	Pos, End token.Pos // of the options if they are in this package, else of the call
	Call     *ast.CallExpr
	Problem  Problem
	Local    bool
	Activity string
	Through  string // the helper that executes it, or ""
	Update   bool   // the handler of an update does
	// Handed is the call that gives the options to a method of an interface, if that is in
	// another package; Pos is then where this package imports that one, and Call is nil.
	Handed *forwards.Handed
	// Run is the execution by a workflow of another package, which this one registers at Pos.
	Run *Run

	options token.Pos
}

var domain = &callgraph.Domain{Name: "contexts", Version: 4}

func init() { callgraph.Register(domain, open) }

// A Result is what the rules read.
type Result struct {
	Executions []Execution // whose options cannot work

	starts       map[*types.Func]string // see invokes
	waits, keeps map[*types.Func]bool   // see WaitsOn
}

// In returns what was found in a package; never nil.
func In(r *callgraph.Result) *Result {
	if result, ok := r.Get(domain).(*Result); ok {
		return result
	}
	return new(Result)
}

// A field of options is not set, set to something other than zero, or not known.
const (
	unset = iota
	set
	unknown
)

// options are activity options of one kind.
type options struct {
	Given     bool // the context has some
	Timeout   int  // StartToCloseTimeout or ScheduleToCloseTimeout
	Heartbeat int
	// Param is the parameter of the function, counted from 1, that they are; 0 for none.
	Param int

	pos, end token.Pos // of the literal, if it is in this package
}

// A state is what is known of a context.
type state struct {
	Unknown bool // but for options that are Given
	// Relative: what it does not say is as the function's parameter has it.
	Relative      bool
	Remote, Local options
	Child         bool
	Update        bool // it is that of the handler of an update, with what that has added
}

// A Run is an activity that a function executes with options that the caller chooses: those of
// its first parameter, a context, or those that it is given.
type Run struct {
	Local    bool
	Activity string
	Beats    bool
	Param    int             // of the options, counted from 1; 0 for those of the context
	Other    bool            // the function gives the context options of another kind
	At       callgraph.Place // where it is executed
}

// ID names it in every package that sees it.
func (ru *Run) ID() string {
	return domain.Name + "|" + ru.At.ID()
}

// A summary is what callers need to know of a function, or of a package variable.
type summary struct {
	Runs []Run
	// Returns is the context that it returns, made of its first parameter, if it does.
	Context bool
	Returns state
	// Options are the options that it returns, or that the variable holds, if they are Given.
	Options options
	// Starts is the function of the SDK with which it starts something on its first parameter.
	Starts string
	// Waits and Keeps: see Result.WaitsOn.
	Waits, Keeps bool
}

func (s *summary) empty() bool {
	return len(s.Runs) == 0 && !s.Context && !s.Options.Given && s.Starts == "" && !s.Waits && !s.Keeps
}

type reader struct {
	*callgraph.Package
	names     *names.Names
	summaries map[*types.Func]*summary
	uses      map[ast.Node][]*types.Func // the activities that a call executes
	roots     map[*types.Func]bool       // workflows
	handlers  map[*types.Func]bool       // of updates
	index     *index
	forwards  *forwards.Forwards
	handed    map[string]Execution // by what names the call of an interface's method
	result    *Result              // on its own: what was read of the package can be freed
	reported  map[token.Pos]bool
	beating   map[token.Pos]bool // options with which an activity is executed that may record heartbeats
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	r := &reader{
		Package: p, forwards: forwards.Of(p), handed: make(map[string]Execution), summaries: make(map[*types.Func]*summary), uses: make(map[ast.Node][]*types.Func),
		roots: make(map[*types.Func]bool), handlers: make(map[*types.Func]bool), result: &Result{starts: make(map[*types.Func]string), waits: make(map[*types.Func]bool), keeps: make(map[*types.Func]bool)}, reported: make(map[token.Pos]bool), beating: make(map[token.Pos]bool),
	}
	return r, callgraph.Hooks{
		Sink: r.sink, Solved: r.find, Function: r.function, Closed: r.meetHanded,
		Result: func() any { return r.result },
	}
}

func (r *reader) sink(n *callgraph.Node, ref *callgraph.Reference) bool {
	if ref.Fn.Name() == "RecordHeartbeat" && ref.Fn.Pkg().Path() == "go.temporal.io/sdk/activity" {
		r.AddSink(n, Heartbeat, "activity.RecordHeartbeat", ref)
		return true
	}
	if pkg := ref.Fn.Pkg(); pkg != r.Pass.Pkg && mayHeartbeat(ref.Fn) && !r.IsRead(pkg) {
		r.AddSink(n, MayHeartbeat, keys.Hop(ref.Fn), ref)
	}
	return false
}

// beating are the words in names of packages and functions that record heartbeats for others.
// What a package imports is not known where it has not been read: export data names what its
// interface does.
var beating = []string{"beat", "temporal", "activit", "workflow", "progress", "alive"}

func mayHeartbeat(fn *types.Func) bool {
	if keys.Foreign(keys.Path(fn.Pkg())) {
		return false
	}
	name := strings.ToLower(fn.FullName())
	return sdk.Imports(fn.Pkg()) || slices.ContainsFunc(beating, func(word string) bool { return strings.Contains(name, word) })
}

func (r *reader) function(n *callgraph.Node) any {
	if s := r.summaries[n.Fn]; s != nil && !s.empty() {
		return s
	}
	return nil
}

// of is the summary of a function, of this package or another.
func (r *reader) of(fn *types.Func) *summary {
	if fn.Pkg() != r.Pass.Pkg {
		return callgraph.SummaryOf[summary](r.Package, domain, fn)
	}
	s := r.summaries[fn]
	if s == nil {
		s = new(summary)
		r.summaries[fn] = s
	}
	return s
}

// find judges the executions of the package. What functions reach is known by now.
func (r *reader) find() bool {
	if !sdk.Imports(r.Pass.Pkg) {
		return false
	}
	r.names = names.Of(r.Package)
	for _, u := range r.names.Uses {
		switch {
		case u.Target.Fn == nil:
		case u.Kind == sdk.ExecuteActivity || u.Kind == sdk.ExecuteLocalActivity:
			r.uses[u.Node] = append(r.uses[u.Node], u.Target.Fn.Origin())
		case u.Kind == sdk.RegisterWorkflow || u.Kind == sdk.ExecuteWorkflow:
			fn := u.Target.Fn.Origin()
			r.roots[fn] = true
			if fn.Pkg() != r.Pass.Pkg {
				r.judgeWorkflow(u.Node, fn)
			}
		case u.Kind == sdk.Handle:
			if call, ok := u.Node.(*ast.CallExpr); ok {
				if fn := syntax.Callee(r.Info, call); fn != nil && sdk.SetsHandler(fn) == "update" {
					r.handlers[u.Target.Fn.Origin()] = true
				}
			}
		}
	}
	r.index = newIndex(r.Info)
	for _, n := range r.Nodes {
		if n.Outer == nil {
			r.index.read(n.Body)
		}
	}
	r.exportVariables()
	// A helper may call one that stands below it.
	for i := range 3 {
		for _, n := range r.Nodes {
			r.read(n, i == 2)
		}
	}
	r.forward()
	// Options that several activities share have the timeout for those that need it.
	r.result.Executions = slices.DeleteFunc(r.result.Executions, func(e Execution) bool { return e.Problem == UnusedHeartbeat && r.beating[e.options] })
	return false
}

// exportVariables notes the options that package variables hold.
func (r *reader) exportVariables() {
	scope := r.Pass.Pkg.Scope()
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok && v.Exported() && isOptions(v.Type()) {
			if o := r.variable(v, 0); o.Timeout != unknown || o.Heartbeat != unknown {
				r.Export(domain, v, &summary{Options: o})
			}
		}
	}
}

// read looks at the calls and returns of a body.
func (r *reader) read(n *callgraph.Node, judge bool) {
	var s *summary
	if n.Fn != nil {
		s = new(summary)
		r.summaries[n.Fn] = s
		r.returns(n, s)
		if judge && sdk.IsWorkflowCode(n.Sig) {
			s.Starts, s.Waits, s.Keeps = r.invokes(n.Fn), r.waitsOn(n.Fn), r.keepsIt(n.Fn)
		}
	}
	ast.Inspect(n.Body, func(x ast.Node) bool {
		if lit, ok := x.(*ast.FuncLit); ok && n.Lit != lit {
			return false
		}
		call, ok := x.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn := syntax.Callee(r.Info, call)
		if judge && fn != nil {
			r.hand(call, fn)
		}
		if fn == nil || len(call.Args) == 0 || !sdk.IsWorkflowCode(fn.Signature()) {
			return true
		}
		if judge {
			r.invokes(fn) // for those who ask Starts, WaitsOn and Keeps
			r.waitsOn(fn)
			r.keepsIt(fn)
		}
		for _, run := range r.runs(call, fn) {
			st := r.execution(n, call, run)
			if judge {
				r.judge(call, fn, run, st)
			}
		}
		return true
	})
}

// execution is what is known of the options of what a call runs. What the caller chooses becomes
// a part of the summary.
func (r *reader) execution(n *callgraph.Node, call *ast.CallExpr, ru Run) state {
	st := r.context(call.Args[0], n, 0)
	if ru.Param > 0 {
		st = r.chosen(call, ru)
	}
	if fn := n.Top().Fn; fn != nil && !r.isRoot(fn) && !r.Ignores("activityoptions", call.Pos()) {
		r.summaries[fn] = withRun(r.of(fn), ru, st)
	}
	return st
}

// chosen is the context that a helper makes of the options that a call gives it.
func (r *reader) chosen(call *ast.CallExpr, ru Run) state {
	if ru.Param > len(call.Args) {
		return state{Unknown: true}
	}
	o := r.options(call.Args[ru.Param-1], 0)
	if ru.Local {
		return state{Local: o}
	}
	return state{Remote: o}
}

// withRun adds an execution whose options the caller chooses.
func withRun(s *summary, ru Run, st state) *summary {
	o := st.Remote
	if ru.Local {
		o = st.Local
	}
	ru.Param, ru.Other = o.Param, st.hasOther(ru.Local)
	chosen := o.Param > 0 || st.Relative && !st.Unknown && !o.Given && o.Timeout == unset
	if !chosen || len(s.Runs) >= 20 {
		return s
	}
	for _, have := range s.Runs {
		if have == ru {
			return s
		}
	}
	s.Runs = append(s.Runs, ru)
	return s
}

// runs are the activities that a call executes on its context.
func (r *reader) runs(call *ast.CallExpr, fn *types.Func) []Run {
	if sdk.Invokes(fn) && fn.Name() != "ExecuteChildWorkflow" && len(call.Args) > 1 {
		return []Run{r.at(call, Run{Local: fn.Name() == "ExecuteLocalActivity", Activity: types.ExprString(call.Args[1]), Beats: r.beats(call)})}
	}
	if sdk.InSDK(fn.Pkg()) {
		return nil
	}
	list := r.of(fn.Origin()).Runs
	if targets := r.uses[call]; len(targets) > 0 && len(list) > 0 {
		// A wrapper: what it executes is known here.
		list = slices.Clone(list)
		for i := range list {
			list[i].Beats = list[i].Beats || r.beats(call)
			if len(targets) == 1 && (list[i].Param > 0 || len(list) == 1) {
				list[i].Activity = targets[0].Name()
				list[i] = r.at(call, list[i])
			}
		}
	}
	return list
}

// at is a run at a call.
func (r *reader) at(call *ast.CallExpr, ru Run) Run {
	ru.At = r.PlaceOf(call.Pos())
	return ru
}

func (r *reader) isRoot(fn *types.Func) bool { return fn != nil && (r.roots[fn] || r.handlers[fn]) }
