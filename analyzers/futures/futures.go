// Package futures reports results of workflows that nobody looks at.
//
// # Analyzer futures
//
// futures: report futures that nothing reads, and errors of Get that are dropped
//
// An activity or child workflow that fails says so in its future. Where nobody reads the future,
// or drops the error of Get, the workflow goes on as if all had gone well; and it may end before
// an activity that nothing waits for has run at all.
//
// Wrong:
//
//	workflow.ExecuteActivity(ctx, a.Charge, order)                // may never run
//	workflow.ExecuteActivity(ctx, a.Ship, order).Get(ctx, nil)    // may have failed
//
// Right:
//
//	if err := workflow.ExecuteActivity(ctx, a.Charge, order).Get(ctx, nil); err != nil {
//		return err
//	}
//
// Reported are calls of Get on workflow.Future, ChildWorkflowFuture and converter.EncodedValue
// whose error is dropped, also deferred ones; calls of ExecuteActivity, ExecuteLocalActivity and
// ExecuteChildWorkflow whose future is dropped; and child workflows that are to outlive their
// parent (PARENT_CLOSE_POLICY_ABANDON) and whose future is dropped, or is never asked for
// GetChildWorkflowExecution: if the parent ends first, they are not started.
//
// An assignment to _ says that it is meant. Tests are not looked at. A future that is kept in a
// variable and never read is not reported, nor is one that a function of the program returns and
// its caller drops.
package futures

import (
	_ "embed"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed futures.go
var source string

// Analyzer is the rule futures.
var Analyzer = &analysis.Analyzer{
	Name:             "futures",
	Doc:              report.Doc(source),
	URL:              report.URL("futures"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	r := &rule{pass: pass, rep: rep, names: names.In(program.Of(pass))}
	if sdk.Imports(pass.Pkg) && r.names.Assignments != nil {
		for _, file := range pass.Files {
			if !strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
				ast.PreorderStack(file, nil, r.visit)
			}
		}
	}
	return rep.Done()
}

type rule struct {
	pass  *analysis.Pass
	rep   *report.Reporter
	names *names.Result
}

func (r *rule) visit(x ast.Node, stack []ast.Node) bool {
	switch x := x.(type) {
	case *ast.ExprStmt:
		if call, ok := ast.Unparen(x.X).(*ast.CallExpr); ok {
			r.dropped(call, x, stack)
		}
	case *ast.DeferStmt:
		r.dropped(x.Call, nil, stack)
	case *ast.AssignStmt:
		r.abandoned(x, stack)
	}
	return true
}

// dropped looks at a call whose results are dropped; stmt is its statement, if a fix may
// replace it.
func (r *rule) dropped(call *ast.CallExpr, stmt *ast.ExprStmt, stack []ast.Node) {
	fn := syntax.Callee(r.pass.TypesInfo, call)
	if fn == nil || !sdk.InSDK(fn.Pkg()) {
		return
	}
	switch {
	case isGet(fn):
		f := report.Finding{Pos: call.Pos(), End: call.End(), Message: "the error of " + types.ExprString(call.Fun) + " is dropped: what failed looks as if it had succeeded; return the error, or assign it to _ if it does not matter"}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
			f.Message = "the error of " + owner(fn) + ".Get is dropped: what failed looks as if it had succeeded; return the error, or assign it to _ if it does not matter"
			f.Pos = sel.Sel.Pos()
		}
		if stmt != nil && returnsError(r.pass.TypesInfo, stack) {
			f.Fixes = []analysis.SuggestedFix{{
				Message: "return the error",
				TextEdits: []analysis.TextEdit{
					{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte("if err := ")},
					{Pos: stmt.End(), End: stmt.End(), NewText: []byte("; err != nil {\nreturn err\n}")},
				},
			}}
		}
		r.rep.Report(f)
	case sdk.Invokes(fn):
		if fn.Name() == "ExecuteChildWorkflow" && len(call.Args) > 0 && r.isAbandoned(call.Args[0]) {
			r.reportAbandoned(call)
			return
		}
		r.rep.Report(report.Finding{Pos: call.Pos(), End: call.End(), Message: "the future of workflow." + fn.Name() +
			" is dropped: nobody learns whether it failed, and a workflow that ends first may never have run it; call Get, or assign it to _ if that is meant"})
	}
}

// isGet recognizes Get of futures and encoded values.
func isGet(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return fn.Name() == "Get" && recv != nil && sdk.IsNamed(recv.Type(), "Future", "ChildWorkflowFuture", "EncodedValue", "NexusOperationFuture")
}

func owner(fn *types.Func) string {
	if named, ok := types.Unalias(fn.Signature().Recv().Type()).(*types.Named); ok {
		return named.Obj().Name()
	}
	return "Future"
}

// returnsError reports whether the function around a statement returns an error and nothing
// else.
func returnsError(info *types.Info, stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		var typ *ast.FuncType
		switch x := stack[i].(type) {
		case *ast.FuncLit:
			typ = x.Type
		case *ast.FuncDecl:
			typ = x.Type
		default:
			continue
		}
		return typ.Results.NumFields() == 1 && syntax.IsErrorType(info.TypeOf(typ.Results.List[0].Type))
	}
	return false
}

// abandoned looks at a child workflow whose future a variable holds.
func (r *rule) abandoned(a *ast.AssignStmt, stack []ast.Node) {
	if len(a.Lhs) != 1 || len(a.Rhs) != 1 {
		return
	}
	call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return
	}
	fn := syntax.Callee(r.pass.TypesInfo, call)
	v := syntax.Var(r.pass.TypesInfo, a.Lhs[0])
	if fn == nil || !sdk.InSDK(fn.Pkg()) || fn.Name() != "ExecuteChildWorkflow" || v == nil && !syntax.IsBlank(a.Lhs[0]) || !r.isAbandoned(call.Args[0]) {
		return
	}
	if v == nil || !r.isUsed(v, stack) {
		r.reportAbandoned(call)
	}
}

func (r *rule) reportAbandoned(call *ast.CallExpr) {
	r.rep.Report(report.Finding{Pos: call.Pos(), End: call.End(),
		Message: "nothing waits for the start of this child workflow, which is to outlive its parent: a parent that ends first never starts it; call GetChildWorkflowExecution().Get"})
}

// isUsed reports whether a future is asked for its execution or its result, or is handed on.
func (r *rule) isUsed(v *types.Var, stack []ast.Node) bool {
	used := false
	ast.PreorderStack(stack[0], nil, func(x ast.Node, around []ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || r.pass.TypesInfo.Uses[id] != v {
			return true
		}
		if a, ok := around[len(around)-1].(*ast.AssignStmt); ok {
			for i, lhs := range a.Lhs {
				if syntax.IsBlank(lhs) && len(a.Rhs) == len(a.Lhs) && a.Rhs[i] == ast.Expr(id) {
					return true // _ = v uses nothing
				}
				if lhs == ast.Expr(id) {
					return true
				}
			}
		}
		used = true
		return true
	})
	return used
}

// isAbandoned reports whether a context has child options, written in this function, whose
// policy is to abandon.
func (r *rule) isAbandoned(ctx ast.Expr) bool {
	for range 5 {
		if v := syntax.Var(r.pass.TypesInfo, ctx); v != nil {
			var last ast.Expr // the assignment before the call
			for _, value := range r.names.Values(v) {
				if value != nil && value.Pos() < ctx.Pos() {
					last = value
				}
			}
			if last == nil {
				return false
			}
			ctx = last
			continue
		}
		call, ok := ast.Unparen(ctx).(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return false
		}
		fn := syntax.Callee(r.pass.TypesInfo, call)
		if fn == nil || !sdk.InSDK(fn.Pkg()) {
			return false
		}
		if fn.Name() == "WithChildOptions" && len(call.Args) == 2 {
			return r.abandons(call.Args[1])
		}
		ctx = call.Args[0]
	}
	return false
}

// abandons reports whether options are a literal with PARENT_CLOSE_POLICY_ABANDON, which is 2
// in Temporal's API.
func (r *rule) abandons(options ast.Expr) bool {
	if v := syntax.Var(r.pass.TypesInfo, options); v != nil && !r.names.Changed(v) {
		options = r.names.Value(v)
	}
	if options == nil {
		return false
	}
	lit, ok := ast.Unparen(options).(*ast.CompositeLit)
	if !ok {
		return false
	}
	if policy := syntax.Field(lit, "ParentClosePolicy"); policy != nil {
		value := r.pass.TypesInfo.Types[policy.Value].Value
		return value != nil && value.ExactString() == "2"
	}
	return false
}
