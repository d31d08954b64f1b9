// Package workeroptions reports options with which the SDK refuses to make a worker.
//
// # Analyzer workeroptions
//
// workeroptions: report worker options with which the SDK panics
//
// worker.New panics on some values of worker.Options, and on some that do not go together. The
// compiler cannot know, and a test that makes its worker with other options does not either: the
// first to learn of it is the deployment.
//
// Wrong:
//
//	worker.New(c, "orders", worker.Options{MaxConcurrentWorkflowTaskPollers: 1})
//
// Right:
//
//	worker.New(c, "orders", worker.Options{MaxConcurrentWorkflowTaskPollers: 2})
//
// Reported, as in the source of SDK v1.50: MaxConcurrentWorkflowTaskPollers and
// MaxConcurrentWorkflowTaskExecutionSize of 1 (the worker would only ever ask its sticky queue);
// EnableSessionWorker with UseBuildIDForVersioning; a DefaultVersioningBehavior without
// UseVersioning; a Tuner with one of the sizes that it replaces; a poller behavior with the number
// of pollers that it replaces.
//
// Values that are not constant are taken for good ones.
package workeroptions

import (
	_ "embed"
	"go/ast"
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed workeroptions.go
var source string

// Analyzer is the rule workeroptions.
var Analyzer = &analysis.Analyzer{
	Name:             "workeroptions",
	Doc:              report.Doc(source),
	URL:              report.URL("workeroptions"),
	Requires:         []*analysis.Analyzer{report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

// notOne are fields that must not be 1.
var notOne = []string{"MaxConcurrentWorkflowTaskPollers", "MaxConcurrentWorkflowTaskExecutionSize"}

// exclusive are pairs of fields of which only one may be set.
var exclusive = [][2]string{
	{"EnableSessionWorker", "UseBuildIDForVersioning"},
	{"Tuner", "MaxConcurrentWorkflowTaskExecutionSize"},
	{"Tuner", "MaxConcurrentActivityExecutionSize"},
	{"Tuner", "MaxConcurrentLocalActivityExecutionSize"},
	{"Tuner", "MaxConcurrentNexusTaskExecutionSize"},
	{"ActivityTaskPollerBehavior", "MaxConcurrentActivityTaskPollers"},
	{"WorkflowTaskPollerBehavior", "MaxConcurrentWorkflowTaskPollers"},
	{"NexusTaskPollerBehavior", "MaxConcurrentNexusTaskPollers"},
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	if sdk.Imports(pass.Pkg) {
		for _, file := range pass.Files {
			ast.Inspect(file, func(x ast.Node) bool {
				switch x := x.(type) {
				case *ast.CompositeLit:
					literal(pass, rep, x)
				case *ast.AssignStmt:
					assignment(pass, rep, x)
				}
				return true
			})
		}
	}
	return rep.Done()
}

func isOptions(t types.Type) bool {
	return t != nil && sdk.IsNamed(syntax.Deref(t), "WorkerOptions")
}

func literal(pass *analysis.Pass, rep *report.Reporter, lit *ast.CompositeLit) {
	t := pass.TypesInfo.TypeOf(lit)
	switch {
	case isOptions(t):
		for _, name := range notOne {
			if kv := syntax.Field(lit, name); kv != nil && isOne(pass.TypesInfo, kv.Value) {
				reportOne(rep, name, kv)
			}
		}
		for _, pair := range exclusive {
			a, b := syntax.Field(lit, pair[0]), syntax.Field(lit, pair[1])
			if a != nil && b != nil && isSet(pass.TypesInfo, a.Value) && isSet(pass.TypesInfo, b.Value) {
				later := b
				if a.Pos() > b.Pos() {
					later = a
				}
				rep.Report(report.Finding{Pos: later.Pos(), End: later.End(), Message: pair[0] + " and " + pair[1] + " do not go together: worker.New panics"})
			}
		}
	case t != nil && sdk.IsNamed(t, "WorkerDeploymentOptions"):
		behavior, versioning := syntax.Field(lit, "DefaultVersioningBehavior"), syntax.Field(lit, "UseVersioning")
		if behavior != nil && isSet(pass.TypesInfo, behavior.Value) && (versioning == nil || isFalse(pass.TypesInfo, versioning.Value)) {
			rep.Report(report.Finding{Pos: behavior.Pos(), End: behavior.End(), Message: "DefaultVersioningBehavior without UseVersioning: worker.New panics"})
		}
	}
}

func reportOne(rep *report.Reporter, name string, at ast.Node) {
	rep.Report(report.Finding{Pos: at.Pos(), End: at.End(), Message: name + " of 1: worker.New panics, because such a worker would only ever ask its sticky queue; set 2 or more"})
}

func assignment(pass *analysis.Pass, rep *report.Reporter, a *ast.AssignStmt) {
	for lhs, rhs := range syntax.Assigned(a) {
		sel, ok := ast.Unparen(lhs).(*ast.SelectorExpr)
		if ok && rhs != nil && slices.Contains(notOne, sel.Sel.Name) && isOptions(pass.TypesInfo.TypeOf(sel.X)) && isOne(pass.TypesInfo, rhs) {
			reportOne(rep, sel.Sel.Name, a)
		}
	}
}

func isOne(info *types.Info, x ast.Expr) bool {
	value := info.Types[x].Value
	return value != nil && value.Kind() == constant.Int && value.ExactString() == "1"
}

// isSet reports whether a value is known to be other than the zero value: a constant that
// is not zero, or, for an interface, a literal or a call.
func isSet(info *types.Info, x ast.Expr) bool {
	if value := info.Types[x].Value; value != nil {
		return value.Kind() == constant.Bool && constant.BoolVal(value) || value.Kind() == constant.Int && constant.Sign(value) != 0
	}
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr, *ast.CompositeLit:
		t := info.TypeOf(x)
		return t != nil && (types.IsInterface(t) || !isBasic(t))
	case *ast.UnaryExpr:
		_, ok := ast.Unparen(x.X).(*ast.CompositeLit)
		return ok
	}
	return false
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

func isFalse(info *types.Info, x ast.Expr) bool {
	value := info.Types[x].Value
	return value != nil && value.Kind() == constant.Bool && !constant.BoolVal(value)
}
