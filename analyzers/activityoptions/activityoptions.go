// Package activityoptions reports activities whose options cannot work.
//
// # Analyzer activityoptions
//
// activityoptions: report activities whose options cannot work
//
// An activity without a StartToCloseTimeout and without a ScheduleToCloseTimeout is refused: the
// workflow gets an error instead of a result, in every run. Options are put into a new context:
// where that is dropped, or the context has options of local activities only, the activity has
// none. An activity that records heartbeats is only watched if it has a HeartbeatTimeout, and
// one with a HeartbeatTimeout that never records a heartbeat times out.
//
// Wrong:
//
//	workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
//	err := workflow.ExecuteActivity(ctx, a.Charge, order).Get(ctx, nil)
//
// Right:
//
//	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
//	err := workflow.ExecuteActivity(ctx, a.Charge, order).Get(ctx, nil)
//
// Reported are executions whose options are known to have neither timeout; executions in a
// workflow, where it is registered, on a context that has no options of their kind; the same in the handler of
// an update, which is given a context as the workflow had it first; contexts with options that are
// dropped; activities that record heartbeats, at any depth, and are executed without a
// HeartbeatTimeout; and those with a HeartbeatTimeout that never record one.
// Contexts are followed through variables, coroutines, helpers that return one and helpers that
// execute activities on the one, or with the options, that they are given, also in other packages.
// Options without a timeout that a method of an interface is given are judged where it is known
// what is bound to the interface.
//
// Options that an interceptor gives are not seen. Silent where a context or its options are not fully
// known: a value that is not constant is
// taken for a good one, and a variable that is assigned in a branch, or whose address is taken,
// for one that has everything.
package activityoptions

import (
	_ "embed"
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/contexts"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed activityoptions.go
var source string

// Analyzer is the rule activityoptions.
var Analyzer = &analysis.Analyzer{
	Name:             "activityoptions",
	Doc:              report.Doc(source),
	URL:              report.URL("activityoptions"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	result := program.Of(pass)
	for _, e := range contexts.In(result).Executions {
		f := report.Finding{Pos: e.Pos, End: e.End, Message: message(e)}
		if h := e.Handed; h != nil {
			f.Put(e.Pos, h.At, true)
			f.Effect = h.ID()
		}
		if ru := e.Run; ru != nil {
			f.Put(e.Pos, ru.At, true)
			f.Effect = ru.ID()
		}
		rep.Report(f)
	}
	result.Silenced(rep, contexts.Heartbeat)
	if sdk.Imports(pass.Pkg) && len(pass.TypeErrors) == 0 {
		for _, file := range pass.Files {
			ast.Inspect(file, func(x ast.Node) bool {
				if call, name := dropped(pass, x); call != nil {
					rep.Report(report.Finding{Pos: call.Pos(), End: call.End(),
						Message: "the context that workflow." + name + " returns is dropped: the options never apply; assign it to the context that is used"})
				}
				return true
			})
		}
	}
	return rep.Done()
}

// message says what is wrong with an execution.
func message(e contexts.Execution) string {
	kind, other := "activity", "local activities or children"
	if e.Local {
		kind, other = "local activity", "activities or children"
	}
	what := kind + " " + strings.Join(strings.Fields(e.Activity), " ")
	if e.Through != "" {
		what += ", which " + e.Through + " executes,"
	}
	switch e.Problem {
	case contexts.NoTimeout:
		return what + " has neither StartToCloseTimeout nor ScheduleToCloseTimeout: it is refused every time; set one"
	case contexts.NoOptions:
		if e.Update {
			return what + " has no options, as the handler of an update is not given the context that the workflow has made: it is refused every time; use workflow." + with(e.Local) + " in the handler"
		}
		return what + " has no options, and so no timeout: it is refused every time; use workflow." + with(e.Local)
	case contexts.OtherOptions:
		return what + " is executed on a context that has options of " + other + " only: it is refused every time; use workflow." + with(e.Local)
	case contexts.NoHeartbeat:
		return what + " records heartbeats, but has no HeartbeatTimeout: that its worker has died is noticed only when the whole activity times out; set one"
	}
	return what + " has a HeartbeatTimeout, but never records a heartbeat: it fails whenever it takes longer than that; record heartbeats, or leave the timeout out"
}

func with(local bool) string {
	if local {
		return "WithLocalActivityOptions"
	}
	return "WithActivityOptions"
}

// dropped returns a call that makes a context which nothing uses.
func dropped(pass *analysis.Pass, x ast.Node) (*ast.CallExpr, string) {
	var value ast.Expr
	switch x := x.(type) {
	case *ast.ExprStmt:
		value = x.X
	case *ast.AssignStmt:
		if len(x.Lhs) == 1 && len(x.Rhs) == 1 && syntax.IsBlank(x.Lhs[0]) {
			value = x.Rhs[0]
		}
	}
	if value == nil {
		return nil, ""
	}
	call, ok := ast.Unparen(value).(*ast.CallExpr)
	if !ok {
		return nil, ""
	}
	fn := syntax.Callee(pass.TypesInfo, call)
	if fn == nil || !sdk.InSDK(fn.Pkg()) || !strings.HasPrefix(fn.Name(), "With") || fn.Signature().Results().Len() != 1 || !sdk.IsWorkflowContext(fn.Signature().Results().At(0).Type()) {
		return nil, ""
	}
	return call, fn.Name()
}
