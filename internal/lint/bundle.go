package lint

import (
	"reflect"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"

	"github.com/mediacloud/mcwflint/analyzers"
)

// An outcome is what a rule says of a package.
type outcome struct {
	rule        *analysis.Analyzer
	diagnostics []analysis.Diagnostic
	result      any
}

// bundle is one analyzer that runs several rules. The checker keeps an action for each analyzer
// and package, which for a program of many small packages takes more time and memory than the
// rules do.
func bundle(rules []*analysis.Analyzer) *analysis.Analyzer {
	b := &analysis.Analyzer{
		Name: "mcwflint", Doc: "run the rules of mcwflint", RunDespiteErrors: true, ResultType: reflect.TypeFor[[]outcome](),
		Run: func(pass *analysis.Pass) (any, error) {
			var all []outcome
			var diagnostics []analysis.Diagnostic
			own := *pass // the rules', one after another
			own.Report = func(d analysis.Diagnostic) { diagnostics = append(diagnostics, d) }
			for _, rule := range rules {
				own.Analyzer, diagnostics = rule, nil
				result, err := rule.Run(&own)
				if err != nil {
					return nil, err
				}
				if len(diagnostics) > 0 || says(result) {
					all = append(all, outcome{rule, diagnostics, result})
				}
			}
			return all, nil
		},
	}
	for _, rule := range rules {
		for _, a := range rule.Requires {
			if !slices.Contains(b.Requires, a) {
				b.Requires = append(b.Requires, a)
			}
		}
	}
	return b
}

// says reports whether a rule's result has something that diagnostics do not say.
func says(result any) bool {
	r, ok := result.(*analyzers.Result)
	return ok && len(r.Registers) > 0
}

// outcomes are those of the rules on the package of an action.
func outcomes(act *checker.Action) []outcome {
	list, _ := act.Result.([]outcome)
	return list
}
