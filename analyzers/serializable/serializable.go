// Package serializable reports values that Temporal's data converter cannot carry.
//
// # Analyzer serializable
//
// serializable: report parameters, results and payloads that cannot be encoded or decoded
//
// What goes into an activity or a workflow, and what comes out, travels through
// Temporal's server as a payload, by default as JSON. A channel or a function
// makes the call fail; an error or another interface with methods is written and
// cannot be read back, on every attempt; a struct with unexported fields only
// arrives empty, without any error.
//
// Wrong:
//
//	type Order struct {
//		ID   string
//		Done chan struct{}
//	}
//
//	func (a *Activities) Ship(ctx context.Context, o Order) error
//
// Right:
//
//	type Order struct {
//		ID   string
//		Done chan struct{} `json:"-"`
//	}
//
// Judged are the parameters and results of activities and workflows that are
// registered, executed or marked by //mcwflint:activity, the arguments of the calls
// that execute them, the payloads of signals, queries and updates, what a signal's
// channel receives, memos and search attributes, and the arguments of
// continue-as-new and of schedules. Of local activities it is the results: their
// arguments are never serialized. The message leads to the part:
// Order.Customer.notify is a func.
//
// The judgement is that of the default converter: []byte, protobuf, and for the
// rest encoding/json with its rules for embedding, tags, marshalers (promoted,
// generic and by pointer too) and map keys. Locks, atomics, database handles,
// connections and files are reported by name.
//
// The analyzer is silent for types that bring MarshalJSON, for empty interfaces,
// whose values are not known, for parameters of functions that are registered
// and run as local activities, for methods of a registered struct that nothing
// executes and that take no context or are called as plain Go, and in tests. Whether they are is
// known in the commands that register the struct: the other methods are reported there. With the setting customconverter, for
// programs with a data converter of their own, it reports nothing. With the setting
// partial it also reports parts that arrive empty in a whole that does not.
package serializable

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/payloads"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
	"github.com/mediacloud/mcwflint/analyzers/internal/wire"
)

//go:embed serializable.go
var source string

// Analyzer is the rule serializable.
var Analyzer = &analysis.Analyzer{
	Name:             "serializable",
	Doc:              report.Doc(source),
	URL:              report.URL("serializable"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

// Settings of the rule; read-only once analysis has started.
var (
	custom  bool
	partial bool
)

func init() {
	Analyzer.Flags.BoolVar(&custom, "customconverter", false, "the program has a data converter of its own: report nothing")
	Analyzer.Flags.BoolVar(&partial, "partial", false, "also report parts that arrive empty in a whole that does not")
}

func run(pass *analysis.Pass) (any, error) {
	all := program.Of(pass)
	result := names.In(all)
	r := &rule{pass: pass, rep: report.New(pass), result: result, judged: make(map[string]bool), channels: make(map[*types.Var]ast.Expr)}
	if custom {
		return r.rep.Done()
	}
	all.Silenced(r.rep, 0)
	for i := range result.Calls {
		if c := &result.Calls[i]; !c.Test {
			r.call(c)
		}
	}
	if result.Program != nil {
		r.methods(result.Program)
	}
	if sdk.Imports(pass.Pkg) {
		for _, file := range pass.Files {
			ast.Inspect(file, func(n ast.Node) bool { r.payloads(n); return true })
		}
	}
	return r.rep.Done()
}

type rule struct {
	pass   *analysis.Pass
	rep    *report.Reporter
	result *names.Result
	judged map[string]bool
	// channels are what a selector's function receives from, by its parameter.
	channels map[*types.Var]ast.Expr
}

// call judges the signature of a target and the arguments that it is given.
func (r *rule) call(c *names.Call) {
	payloads.Of(r.pass, c, func(p payloads.Payload) { r.judge(p.Type, p.Pos, p.End, p.What, p.Key) })
	if c.Kind == sdk.ExecuteActivity || c.Kind == sdk.ExecuteWorkflow {
		r.arguments(c)
	}
}

// judge reports what a type does not survive. With a key it does so once.
func (r *rule) judge(t types.Type, pos, end token.Pos, what, key string) {
	if key != "" {
		if r.judged[key] {
			return
		}
		r.judged[key] = true
	}
	v := wire.Check(t)
	if v.Outcome != wire.OK {
		r.rep.Report(report.Finding{Pos: pos, End: end, Message: message(what, v), Effect: key})
		return
	}
	if partial {
		for _, l := range wire.LostParts(t) {
			r.rep.Report(report.Finding{Pos: pos, End: end, Message: what + ": " + l.String(), Effect: key})
		}
	}
}

func message(what string, v wire.Verdict) string {
	return what + ": " + v.String() + consequence(v.Outcome)
}

func consequence(o wire.Outcome) string {
	switch o {
	case wire.Encode:
		return ": the data converter cannot encode it"
	case wire.Decode:
		return ": the data converter cannot decode it"
	}
	return ""
}

// arguments judges what a call is given where the parameter does not say it: a
// parameter of another type, such as any, or a target that is not known.
func (r *rule) arguments(c *names.Call) {
	if !c.ArgsKnown() {
		return
	}
	var sig *types.Signature
	if c.Fn != nil {
		sig = payloads.Instance(r.pass, c, c.Fn)
	}
	for i, arg := range c.Args {
		if arg == nil || c.Spread && i == len(c.Args)-1 {
			continue
		}
		if sig != nil {
			at := i
			if names.TakesContext(sig) {
				at++
			}
			if at < sig.Params().Len() && types.Identical(pointee(r.pass.TypesInfo.TypeOf(arg)), pointee(sig.Params().At(at).Type())) {
				continue
			}
		}
		r.payload(arg, fmt.Sprintf("argument %d of %s", i+1, types.ExprString(c.Target)))
	}
}

func pointee(t types.Type) types.Type {
	if p, ok := syntax.Under[*types.Pointer](t); ok {
		return p.Elem()
	}
	return t
}

// payload judges a value that is sent. What is in an interface is not known, but an
// error never survives.
func (r *rule) payload(x ast.Expr, what string) {
	tv := r.pass.TypesInfo.Types[x]
	if tv.Type == nil || tv.IsNil() || tv.IsType() {
		return
	}
	isError := syntax.IsErrorType(tv.Type)
	if types.IsInterface(tv.Type) && !isError {
		return
	}
	r.judge(tv.Type, x.Pos(), x.End(), what, "")
}
