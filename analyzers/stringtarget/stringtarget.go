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
// own name, that is in the same package or one that it imports; if none is known to be registered,
// exactly one function or method there must have the name and the parameters of an activity, or a
// workflow. Opt-in: some teams keep workflows
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
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
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
		if c.Test || c.Named == "" || !isExecute(c.Kind) {
			continue
		}
		fn := c.Fn
		if fn == nil && c.Registered == nil {
			fn = standing(pass.Pkg, c.Named, c.Kind == sdk.ExecuteWorkflow)
		}
		if fn == nil || fn.Name() != c.Named || !reachable(pass.Pkg, fn) {
			continue
		}
		rep.Report(report.Finding{Pos: c.Target.Pos(), End: c.Target.End(),
			Message: c.Named + " is named by a string: a typing error or another name shows at run time only; name the function " + keys.Hop(fn)})
	}
	return rep.Done()
}

func isExecute(k sdk.Kind) bool {
	return k == sdk.ExecuteActivity || k == sdk.ExecuteLocalActivity || k == sdk.ExecuteWorkflow
}

// standing is the one function of a name, in a package or those that it imports, that could be
// the activity or workflow, or nil.
func standing(pkg *types.Package, name string, workflow bool) *types.Func {
	var found []*types.Func
	consider := func(obj types.Object) {
		if fn, ok := obj.(*types.Func); ok && fn.Name() == name && fits(fn.Signature(), workflow) {
			found = append(found, fn)
		}
	}
	for _, p := range append([]*types.Package{pkg}, pkg.Imports()...) {
		if keys.IsStd(p.Path()) || sdk.InSDK(p) {
			continue
		}
		consider(p.Scope().Lookup(name))
		for _, other := range p.Scope().Names() {
			t, ok := p.Scope().Lookup(other).(*types.TypeName)
			if !ok || t.IsAlias() {
				continue
			}
			if named, ok := t.Type().(*types.Named); ok && !types.IsInterface(named) {
				for i := range named.NumMethods() {
					consider(named.Method(i))
				}
			}
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// fits reports whether a signature is that of a workflow, or that of an activity with a context.
func fits(sig *types.Signature, workflow bool) bool {
	if workflow {
		return sdk.IsWorkflowCode(sig)
	}
	return sig.Params().Len() > 0 && syntax.IsContext(sig.Params().At(0).Type()) && sig.Results().Len() > 0 &&
		syntax.IsErrorType(sig.Results().At(sig.Results().Len()-1).Type())
}

// reachable reports whether a package can name a function.
func reachable(pkg *types.Package, fn *types.Func) bool {
	return fn.Pkg() == pkg || fn.Exported() && slices.Contains(pkg.Imports(), fn.Pkg())
}
