// Package continueasnew reports continue-as-new errors that are not returned.
//
// # Analyzer continueasnew
//
// continueasnew: report continue-as-new errors that a workflow does not return
//
// NewContinueAsNewError continues nothing by itself: it makes an error, and the workflow
// continues as new when it returns that error. One that is dropped ends the workflow, as
// completed.
//
// Wrong:
//
//	workflow.NewContinueAsNewError(ctx, PollWorkflow, state)
//	return nil
//
// Right:
//
//	return workflow.NewContinueAsNewError(ctx, PollWorkflow, state)
//
// Reported are calls whose result is dropped or assigned to _, and those whose result a local
// variable holds that is only compared or logged. Tests are not looked at.
//
// With the setting drain, also continuing as new in a function that receives signals and never
// looks whether more have arrived (ReceiveAsync, Len, HasPending): those are lost with the run. And
// in one that sets update handlers and does not wait for workflow.AllHandlersFinished: those that
// are running are cut off. A channel that is handed to another function counts as looked at.
package continueasnew

import (
	_ "embed"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed continueasnew.go
var source string

// Analyzer is the rule continueasnew.
var Analyzer = &analysis.Analyzer{
	Name:             "continueasnew",
	Doc:              report.Doc(source),
	URL:              report.URL("continueasnew"),
	Requires:         []*analysis.Analyzer{report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

var drain bool

func init() {
	Analyzer.Flags.BoolVar(&drain, "drain", false, "also report continuing as new while signals may have arrived or update handlers run")
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	if sdk.Imports(pass.Pkg) && len(pass.TypeErrors) == 0 {
		for _, file := range pass.Files {
			if strings.HasSuffix(pass.Fset.File(file.FileStart).Name(), "_test.go") {
				continue
			}
			ast.PreorderStack(file, nil, func(x ast.Node, stack []ast.Node) bool {
				if call, ok := x.(*ast.CallExpr); ok && isDropped(pass.TypesInfo, call, stack) {
					rep.Report(report.Finding{Pos: call.Pos(), End: call.End(),
						Message: "the continue-as-new error is not returned: the workflow ends here instead of continuing as new"})
				}
				return true
			})
			for _, d := range file.Decls {
				if decl, ok := d.(*ast.FuncDecl); ok && drain && decl.Body != nil {
					leavesBehind(pass.TypesInfo, rep, decl)
				}
			}
		}
	}
	return rep.Done()
}

// isDropped reports whether a call makes a continue-as-new error that nothing returns.
func isDropped(info *types.Info, call *ast.CallExpr, stack []ast.Node) bool {
	fn := syntax.Callee(info, call)
	if fn == nil || !sdk.ContinuesAsNew(fn) || len(stack) == 0 {
		return false
	}
	switch outer := stack[len(stack)-1].(type) {
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		if len(outer.Lhs) != 1 {
			return false
		}
		if syntax.IsBlank(outer.Lhs[0]) {
			return true
		}
		v := syntax.Var(info, outer.Lhs[0])
		return v != nil && v.Parent() != v.Pkg().Scope() && !goesOn(info, v, stack)
	}
	return false
}

// goesOn reports whether a variable is returned, or given to something that may: named
// results are returned anyway.
func goesOn(info *types.Info, v *types.Var, stack []ast.Node) bool {
	found := false
	for _, outer := range stack {
		var typ *ast.FuncType
		switch x := outer.(type) {
		case *ast.FuncDecl:
			typ = x.Type
		case *ast.FuncLit:
			typ = x.Type
		default:
			continue
		}
		if typ.Results != nil && typ.Results.Pos() <= v.Pos() && v.Pos() < typ.Results.End() {
			return true
		}
	}
	ast.PreorderStack(stack[0], nil, func(x ast.Node, around []ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || info.Uses[id] != v {
			return true
		}
		for i := len(around) - 1; i >= 0; i-- {
			switch y := around[i].(type) {
			case *ast.BinaryExpr:
				return true // compared
			case *ast.CallExpr:
				found = found || !isLog(info, y)
				return true
			case *ast.AssignStmt:
				for _, lhs := range y.Lhs {
					if lhs == ast.Expr(id) {
						return true // assigned
					}
				}
				found = true
				return true
			case ast.Stmt:
				found = true // returned, sent, and so on
				return true
			}
		}
		return true
	})
	return found
}

// isLog reports whether a call writes to a log.
func isLog(info *types.Info, call *ast.CallExpr) bool {
	fn := syntax.Callee(info, call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	path := fn.Pkg().Path()
	return path == "log" || path == "log/slog" || strings.HasSuffix(path, "sdk/log") || path == "fmt" && strings.HasPrefix(fn.Name(), "Print")
}
