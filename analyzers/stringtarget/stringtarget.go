// Package stringtarget reports targets by name where the function could stand.
//
// # Analyzer stringtarget
//
// stringtarget: report targets that are given by name although the function is at hand
//
// A name that nothing registers is an error at run time only, and a renamed function is found by
// no tool. Where the function can be named, the compiler knows it, and so do editors.
//
// Wrong:
//
//	workflow.ExecuteActivity(ctx, "Charge", order)
//
// Right:
//
//	workflow.ExecuteActivity(ctx, a.Charge, order)
//
// Reported are calls by a constant name for which exactly one function is registered, under its
// own name, that is in the same package or one that it imports. Opt-in: some teams keep workflows
// and activities apart by names on purpose. Tests are not looked at.
package stringtarget

import (
	_ "embed"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

//go:embed stringtarget.go
var source string

// Analyzer is the rule stringtarget.
var Analyzer = &analysis.Analyzer{
	Name:             "stringtarget",
	Doc:              report.Doc(source),
	URL:              report.URL("stringtarget"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	result := names.In(program.Of(pass))
	for i := range result.Calls {
		c := &result.Calls[i]
		if c.Test || c.Named == "" || c.Fn == nil || c.Fn.Name() != c.Named || !isExecute(c.Kind) || !reachable(pass.Pkg, c.Fn) {
			continue
		}
		rep.Report(report.Finding{Pos: c.Target.Pos(), End: c.Target.End(),
			Message: c.Named + " is named by a string: a typing error or another name shows at run time only; name the function " + keys.Hop(c.Fn)})
	}
	return rep.Done()
}

func isExecute(k sdk.Kind) bool {
	return k == sdk.ExecuteActivity || k == sdk.ExecuteLocalActivity || k == sdk.ExecuteWorkflow
}

// reachable reports whether a package can name a function.
func reachable(pkg *types.Package, fn *types.Func) bool {
	return fn.Pkg() == pkg || fn.Exported() && slices.Contains(pkg.Imports(), fn.Pkg())
}
