// Package workflowcontext reports work that is done on the wrong context.
//
// # Analyzer workflowcontext
//
// workflowcontext: report work on a context that is cancelled, of another coroutine, or cut off
//
// A context in Temporal says which coroutine waits, and whether it is cancelled. Clean-up on the
// context of a cancelled workflow fails at once: what it was to undo stays. A coroutine that
// waits on the context of another panics in the SDK. An activity that passes on
// context.Background() goes on when it has been cancelled, or has timed out, while its next
// attempt runs.
//
// Wrong:
//
//	defer func() {
//		_ = workflow.ExecuteActivity(ctx, a.Release, id).Get(ctx, nil) // ctx is cancelled by now
//	}()
//	workflow.Go(ctx, func(gctx workflow.Context) {
//		_ = workflow.Sleep(ctx, time.Minute) // waits on the workflow's own coroutine
//	})
//
// Right:
//
//	defer func() {
//		ctx, _ := workflow.NewDisconnectedContext(ctx)
//		_ = workflow.ExecuteActivity(ctx, a.Release, id).Get(ctx, nil)
//	}()
//	workflow.Go(ctx, func(ctx workflow.Context) {
//		_ = workflow.Sleep(ctx, time.Minute)
//	})
//
// Reported are activities and child workflows that a deferred function, or a branch that has
// found ctx.Err() to be set or an error of the workflow's context to be a cancellation, starts on
// a context that is not made by NewDisconnectedContext, or hands to a function that starts them
// on it, here or in another package, or to what a list or an interface holds, itself or through one; waiting (Get,
// Receive, Select, Sleep, Await and the like, or a function that does that) on a context from
// outside of a function that workflow.Go or an update handler gives one of its own; and
// context.Background() or TODO() as an argument in an activity that has a context.
//
// Not reported: what a deferred function does only where the workflow has not failed; an outer
// context that is only asked (Now, GetLogger, GetInfo) or starts what the inner one waits for;
// what writes a line to a log; and what an activity's deferred functions, goroutines and other closures do, because clean-up
// after a cancellation needs a context of its own there.
package workflowcontext

import (
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/background"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/contexts"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed workflowcontext.go
var source string

// Analyzer is the rule workflowcontext.
var Analyzer = &analysis.Analyzer{
	Name:             "workflowcontext",
	Doc:              report.Doc(source),
	URL:              report.URL("workflowcontext"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

type rule struct {
	info     *types.Info
	rep      *report.Reporter
	names    *names.Result
	contexts *contexts.Result
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	r := &rule{pass.TypesInfo, report.New(pass), names.In(result), contexts.In(result)}
	if r.names.Assignments == nil {
		return r.rep.Done()
	}
	for _, file := range pass.Files {
		if sdk.Imports(pass.Pkg) && !strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
			ast.PreorderStack(file, nil, r.visit)
		}
	}
	for _, c := range result.Of(background.CutOff) {
		r.rep.Report(c.Finding(c.Effect.What + " in an activity that has a context: the call goes on when the activity is cancelled or has timed out, while the next attempt runs; pass the activity's context"))
	}
	result.Silenced(r.rep, background.CutOff)
	return r.rep.Done()
}

func (r *rule) visit(x ast.Node, _ []ast.Node) bool {
	switch x := x.(type) {
	case *ast.CallExpr:
		for _, arg := range x.Args {
			if lit, ok := ast.Unparen(arg).(*ast.FuncLit); ok && r.startsCoroutine(x) && r.hasContext(lit) {
				r.coroutine(lit)
			}
		}
	case *ast.DeferStmt:
		if lit, ok := ast.Unparen(x.Call.Fun).(*ast.FuncLit); ok {
			r.cleanup(lit.Body, nil, "a deferred function")
		} else if what := r.starts(x.Call); what != "" {
			if v := contexts.Origin(r.info, x.Call.Args[0]); v != nil && r.keepsAll(x.Call.Args[0]) && !r.isDisconnected(v, nil) {
				r.reportCleanup(x.Call, what, "a deferred function", v)
			}
		}
	case *ast.IfStmt:
		if v := r.cancelled(x.Cond); v != nil {
			r.cleanup(x.Body, v, "a branch for cancellation")
		}
	case *ast.SwitchStmt:
		r.cases(x)
	}
	return true
}

// cases looks at the cases of a switch that find a cancellation.
func (r *rule) cases(s *ast.SwitchStmt) {
	for _, clause := range s.Body.List {
		clause := clause.(*ast.CaseClause)
		for _, cond := range clause.List {
			if v := r.cancelled(cond); v != nil && s.Tag == nil {
				r.cleanup(&ast.BlockStmt{Lbrace: clause.Colon, List: clause.Body, Rbrace: clause.End()}, v, "a branch for cancellation")
			}
		}
	}
}

// startsCoroutine reports whether a call of the SDK runs a function in a coroutine of its own.
func (r *rule) startsCoroutine(call *ast.CallExpr) bool {
	fn := syntax.Callee(r.info, call)
	if fn == nil || !sdk.InSDK(fn.Pkg()) {
		return false
	}
	return fn.Name() == "Go" || fn.Name() == "GoNamed" || sdk.SetsHandler(fn) == "update"
}

func (r *rule) hasContext(lit *ast.FuncLit) bool {
	sig, ok := r.info.TypeOf(lit).(*types.Signature)
	return ok && sdk.IsWorkflowCode(sig)
}

// waits is the context that a call waits on, in a function of the program if it is one, or nil.
func (r *rule) waits(call *ast.CallExpr) ast.Expr {
	if fn := syntax.Callee(r.info, call); fn != nil && len(call.Args) > 0 && r.contexts.WaitsOn(fn) {
		return call.Args[0]
	}
	return contexts.Waited(r.info, call)
}

// madeOf is the variable that a context is made of, within a stretch of code.
func (r *rule) madeOf(x ast.Expr, within ast.Node) *types.Var {
	v := contexts.Origin(r.info, x)
	for range 4 {
		if v == nil || !contains(within, v.Pos()) {
			break
		}
		value := r.names.Value(v)
		if value == nil || contexts.Origin(r.info, value) == nil {
			break
		}
		v = contexts.Origin(r.info, value)
	}
	return v
}

func contains(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

func (r *rule) isContext(x ast.Expr) bool {
	t := r.info.TypeOf(x)
	return t != nil && sdk.IsWorkflowContext(t)
}

// coroutine looks for waiting on a context from outside of a coroutine.
func (r *rule) coroutine(lit *ast.FuncLit) {
	ast.Inspect(lit.Body, func(x ast.Node) bool {
		switch x := x.(type) {
		case *ast.FuncLit:
			return !r.hasContext(x)
		case *ast.CallExpr:
			ctx := r.waits(x)
			if ctx == nil {
				return true
			}
			if v := r.madeOf(ctx, lit); v != nil && !contains(lit, v.Pos()) {
				r.rep.Report(report.Finding{Pos: ctx.Pos(), End: ctx.End(), Message: types.ExprString(x.Fun) + " waits on " + v.Name() +
					", which belongs to another coroutine: the SDK panics; use the context that this function is given"})
			}
		}
		return true
	})
}
