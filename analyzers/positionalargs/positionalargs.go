// Package positionalargs reports arguments of activities and workflows that do not
// fit the parameters.
//
// # Analyzer positionalargs
//
// positionalargs: report arguments that do not fit the target's parameters
//
// The compiler does not check the arguments of an activity or a workflow: they
// are passed as any. workflow.ExecuteActivity and ExecuteChildWorkflow reduce
// their target to its name, and then nothing checks them at all: an argument too
// few arrives as a zero value, one too many is dropped, and one of another type
// fails to decode on every attempt, by default forever.
//
// Wrong:
//
//	func (a *Activities) Charge(ctx context.Context, order string, cents int) error
//
//	workflow.ExecuteActivity(ctx, a.Charge, order)          // charges 0 cents
//	workflow.ExecuteActivity(ctx, a.Charge, cents, order)   // never decodes
//
// Right:
//
//	workflow.ExecuteActivity(ctx, a.Charge, order, cents)
//
// Where the SDK checks (ExecuteLocalActivity, a client's ExecuteWorkflow and
// ExecuteActivity, SignalWithStartWorkflow, with-start operations, schedules,
// NewContinueAsNewError, with a function as target) the rule is the SDK's own:
// the number, and assignability. Elsewhere, and for targets given by name, it is
// the number, and types of which JSON cannot carry one into the other: a string
// for an int, a []byte for anything else, a protobuf message for a plain struct, a
// struct or a literal map without a field in common with the parameter. A value
// for a pointer is fine there.
//
// A name is resolved among the registrations that the package sees, its own and
// its imports', and among tables of names and functions such as
// Definition{Name: "Charge", Func: a.Charge} that the package registers, or whose
// functions are of type any; else the call is judged in the package above that sees
// both. A name that stands for two functions, or for a closure as well, is not
// judged. Functions that hand their parameters on as target and arguments, as they
// were given, are judged where they are called; methods of interfaces, such as
// provider.ExecuteActivity of an abstraction over engines, in the package that knows
// what is bound to the interface.
//
// Future.Get, WorkflowRun.Get and their like must be given a pointer that can hold
// the result of the call; the future is followed through a variable and into the
// function of Selector.AddFuture, and the result through functions that read it into a
// parameter or return it. Mocks (OnActivity, OnWorkflow) take a matcher for each parameter,
// the context included. Variadic activities and workflows cannot be called by the SDK.
//
// A context among the arguments is reported, and a nil pointer that Get is given. Signals,
// queries and updates meet by name, where that is constant: what is sent is held to what
// GetSignalChannel(...).Receive, a selector's function, SetQueryHandler and SetUpdateHandler
// read, also in another package and through functions that are given the name, and what
// queries and updates return to what Get is given. Names that several workflows read
// differently are not judged. An interface of the program with methods of client.Client is
// taken for it.
//
// The analyzer is silent for arguments whose static type is an interface, for
// args..., for maps that more is done with than sending them, for dynamic activities
// and workflows, and for types that bring their own JSON.
package positionalargs

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/messages"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed positionalargs.go
var source string

// Analyzer is the rule positionalargs.
var Analyzer = &analysis.Analyzer{
	Name:             "positionalargs",
	Doc:              report.Doc(source),
	URL:              report.URL("positionalargs"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	all := program.Of(pass)
	result := names.In(all)
	r := &rule{pass: pass, rep: report.New(pass), result: result, reported: make(map[ast.Node]bool)}
	all.Silenced(r.rep, 0)
	for i := range result.Calls {
		c := &result.Calls[i]
		switch {
		case c.Kind == sdk.Handle:
		case c.Kind.Register():
			r.register(c)
		default:
			r.call(c)
			r.wrapped(c)
		}
	}
	for _, m := range result.Meetings {
		r.meeting(m)
	}
	for _, m := range messages.In(all).Meetings {
		r.message(m)
	}
	if len(result.Calls) > 0 {
		r.futures()
	}
	return r.rep.Done()
}

type rule struct {
	pass   *analysis.Pass
	rep    *report.Reporter
	result *names.Result

	reported map[ast.Node]bool
	used     map[types.Object]bool // otherwise than as an argument, see onlySent
}

// report reports one thing about a node: a wrapper may execute its target in two ways.
func (r *rule) report(n ast.Node, format string, args ...any) {
	if r.reported[n] {
		return
	}
	r.reported[n] = true
	r.rep.Report(report.Finding{Pos: n.Pos(), End: n.End(), Message: fmt.Sprintf(format, args...)})
}

// register reports what the SDK cannot call.
func (r *rule) register(c *names.Call) {
	if c.Wrapped {
		return
	}
	for _, t := range c.Targets {
		if t.Fn == nil || !t.Fn.Signature().Variadic() || t.Struct && r.isHelper(t.Fn) {
			continue
		}
		// A registered struct may have methods that are no activities.
		if roles.FitActivity(t.Fn.Signature()) || c.Kind == sdk.RegisterWorkflow && names.TakesContext(t.Fn.Signature()) {
			r.report(c.Node, "%s is variadic: the SDK cannot call it", t.Fn.Name())
		}
	}
}

// isHelper reports whether an exported method of a registered struct may be there for the others:
// the package calls it as plain Go, or is not the one that could.
func (r *rule) isHelper(fn *types.Func) bool {
	if fn.Pkg() != r.pass.Pkg {
		return true
	}
	called := false
	for _, file := range r.pass.Files {
		ast.Inspect(file, func(x ast.Node) bool {
			if call, ok := x.(*ast.CallExpr); ok && !called {
				callee := syntax.Callee(r.pass.TypesInfo, call)
				called = callee != nil && callee.Origin() == fn
			}
			return !called
		})
	}
	return called
}

// target is what a call runs: its signature as it is called, and how it is named
// in messages.
type target struct {
	name   string
	sig    *types.Signature
	params []*types.Var // after the context
	text   string
}

// targetOf returns the target of a call with its types; nil if that is not known, or
// takes whatever it is given.
func (r *rule) targetOf(c *names.Call) *target {
	var sig *types.Signature
	name := types.ExprString(c.Target)
	if s, ok := r.typeOf(c.Target).(*types.Signature); ok {
		sig = s
	}
	if c.Fn != nil {
		name = c.Fn.Name()
		fsig := c.Fn.Signature()
		// A method expression is reduced to the method's name where nothing checks; a
		// generic function is what it was instantiated as.
		if sig == nil || c.Check != sdk.Checked && sig.Params().Len() != fsig.Params().Len() {
			sig = fsig
		}
	} else if sig == nil && len(c.Targets) == 1 && c.Targets[0].Lit != nil {
		sig, _ = r.typeOf(c.Targets[0].Lit).(*types.Signature)
	}
	if sig == nil || sdk.IsDynamic(sig) {
		return nil
	}
	t := &target{name: name, sig: sig, text: names.Signature(sig)}
	first := 0
	if names.TakesContext(sig) {
		first = 1
	} else if c.Fn == nil && c.Check != sdk.Checked && takesReceiver(sig) {
		first = 2
	}
	for i := first; i < sig.Params().Len(); i++ {
		t.params = append(t.params, sig.Params().At(i))
	}
	return t
}

// takesReceiver reports whether a function that a variable of another package holds is a method
// expression, it seems: the context comes second.
func takesReceiver(sig *types.Signature) bool {
	return sig.Params().Len() > 1 && syntax.IsContext(sig.Params().At(1).Type())
}

func (r *rule) typeOf(x ast.Expr) types.Type {
	t := r.pass.TypesInfo.TypeOf(x)
	if t == nil {
		return nil
	}
	if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
		return nil
	}
	return t.Underlying()
}

func (r *rule) call(c *names.Call) {
	if !c.ArgsKnown() {
		return
	}
	if c.Kind != sdk.Mock && r.passesContext(c) {
		return
	}
	t := r.targetOf(c)
	if t == nil {
		if c.Registered != nil {
			r.shapes(c)
		}
		return
	}
	if t.sig.Variadic() {
		if names.TakesContext(t.sig) {
			r.report(c.Node, "%s is variadic: the SDK cannot call it", t.name)
		}
		return
	}
	if c.Check == sdk.Matched {
		r.mock(c, t)
		return
	}
	if r.registeredMethod(c) {
		c.Check = sdk.Unchecked
	}
	if c.Args == nil {
		return // the wrapper supplies them in a way of its own
	}
	if !c.Spread && len(c.Args) != len(t.params) {
		r.count(c, t.name, len(c.Args), len(t.params), t.text)
		return
	}
	for i, arg := range c.Args {
		if c.Spread && i >= len(c.Args)-1 || i >= len(t.params) {
			break
		}
		if arg != nil {
			r.argument(c, t, i, arg)
		}
	}
}

// registeredMethod reports whether a local activity is a method whose name is
// registered here: the SDK then runs the registered one and checks nothing.
func (r *rule) registeredMethod(c *names.Call) bool {
	if c.Kind != sdk.ExecuteLocalActivity || c.Fn == nil || c.Fn.Signature().Recv() == nil {
		return false
	}
	for i := range r.result.Names {
		if r.result.Names[i].Fn == c.Fn {
			return true
		}
	}
	return false
}

// message judges a signal, query or update that is sent as one thing and read as another.
func (r *rule) message(m messages.Meeting) {
	f := report.Finding{Pos: m.Pos, End: m.End, Effect: "message|" + m.Sent.At.Pkg + "|" + m.Sent.At.File + "|" + strconv.Itoa(m.Sent.At.Line) + "|" + m.Sent.Name}
	read := fmt.Sprintf("%s:%d", m.Read.At.File, m.Read.At.Line)
	switch _, of, isResult := strings.Cut(m.Sent.Kind, "result of "); {
	case isResult:
		f.Message = fmt.Sprintf("the result of %s %s: %s at %s is read as %s: Get does not fill it", of, m.Sent.Name, m.Read.Types, read, m.Sent.Types)
	case m.Arg < 0:
		f.Message = fmt.Sprintf("%s %s is sent with %s, and read with %d at %s: what is missing is read as a zero value, what is too many is dropped", m.Sent.Kind, m.Sent.Name, arguments(len(m.Sent.Args)), len(m.Read.Args), read)
	default:
		why := ""
		if m.Reason != "" {
			why = ": " + m.Reason
		}
		f.Message = fmt.Sprintf("%s %s is sent as (%s) and read as (%s) at %s: argument %d cannot be decoded%s", m.Sent.Kind, m.Sent.Name, m.Sent.Types, m.Read.Types, read, m.Arg+1, why)
	}
	if !m.Here {
		f.At = fmt.Sprintf("%s:%d", m.Sent.At.File, m.Sent.At.Line)
		f.Stands = m.Sent.At
	}
	r.rep.Report(f)
}

// mock judges OnActivity and OnWorkflow: a matcher for each parameter. One too many
// does no harm if it is mock.Anything, which also matches what is missing.
func (r *rule) mock(c *names.Call, t *target) {
	if c.Spread || c.Args == nil {
		return
	}
	want := t.sig.Params().Len()
	harm := len(c.Args) < want
	for _, arg := range c.Args[min(want, len(c.Args)):] {
		text, ok := constantString(r.pass.TypesInfo, arg)
		harm = harm || !ok || text != "mock.Anything"
	}
	if harm {
		r.report(c.Node, "the mock of %s has %s and the SDK calls it with %d, the context included: it never matches (%s)", t.name, arguments(len(c.Args)), want, t.text)
	}
}

func short(t types.Type) string {
	return types.TypeString(t, func(pkg *types.Package) string { return pkg.Name() })
}
