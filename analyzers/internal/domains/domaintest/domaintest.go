// Package domaintest holds a domain to what it says of functions. In the test of a domain only
// those that it imports are plugged into the call graph besides it.
package domaintest

import (
	"reflect"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

// Run runs the call graph on testdata/src/domains/NAME. A comment "want F:..." is what the fact of
// F says: effects, open calls, and the sections of the domains.
func Run(t *testing.T, name string) {
	t.Helper()
	graph := &analysis.Analyzer{
		Name: "graph", Doc: "compute what functions reach", Requires: []*analysis.Analyzer{report.Directives},
		FactTypes: callgraph.FactTypes, ResultType: reflect.TypeFor[*callgraph.Result](),
		Run: func(pass *analysis.Pass) (any, error) {
			if !strings.HasPrefix(pass.Pkg.Path(), "example.com/corpus/") {
				return new(callgraph.Result), nil
			}
			return callgraph.Analyze(pass, false), nil
		},
	}
	analysistest.Run(t, "../../../../testdata/src", graph, "./domains/"+name)
}
