// Package directive reports //mcwflint: comments that cannot work.
//
// # Analyzer directive
//
// directive: report mcwflint directives that cannot work
//
// A finding is silenced with a directive that names the rule and the reason:
//
//	//mcwflint:ignore rawinsert -- the table has no unique index on purpose
//
// on the line of the finding, on the line above, or in the comment of the
// function that contains it. A directive without a reason, with no rule or with
// one that does not exist silences nothing, and this analyzer says so. A
// directive that matches no finding is reported by the rule that it names.
package directive

import (
	_ "embed"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed directive.go
var source string

// Analyzer is the rule directive.
var Analyzer = &analysis.Analyzer{
	Name:             "directive",
	Doc:              report.Doc(source),
	URL:              report.URL("directive"),
	Requires:         []*analysis.Analyzer{report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

// Rules holds the names that a directive may name. Package analyzers sets it; in a
// driver that lists single rules, as nogo does, it is empty, and any name is good.
var Rules []string

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	for _, d := range pass.ResultOf[report.Directives].(*report.DirectiveSet).All {
		f := report.Finding{Pos: d.Pos, End: d.End}
		switch {
		case len(d.Rules) == 0:
			f.Message = "directive names no rule: write //mcwflint:ignore rule -- reason"
			rep.Report(f)
		case d.Reason == "":
			f.Message = "directive gives no reason and silences nothing: write //mcwflint:ignore " + strings.Join(d.Rules, ",") + " -- reason"
			rep.Report(f)
		}
		for _, name := range d.Rules {
			if !known(name) {
				f.Message = "directive names an unknown rule: " + name
				rep.Report(f)
			}
		}
	}
	return rep.Done()
}

func known(name string) bool {
	for _, r := range Rules {
		if r == name {
			return true
		}
	}
	return len(Rules) == 0
}
