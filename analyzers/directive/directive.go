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
//
// A function that no program registers where it can be seen is marked as an activity
// by a line of its comment:
//
//	//mcwflint:activity
//
// With more on the line, or elsewhere, it marks nothing, which is reported as well,
// and so is any other //mcwflint: comment.
package directive

import (
	_ "embed"
	"slices"
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
		for _, message := range mistakes(d) {
			rep.Report(report.Finding{Pos: d.Pos, End: d.End, Message: message})
		}
	}
	return rep.Done()
}

// mistakes says why a directive cannot work.
func mistakes(d *report.Directive) []string {
	switch d.Name {
	case "ignore":
	case "activity":
		switch {
		case d.Func == nil:
			return []string{"directive marks no activity: //mcwflint:activity is a line of a function's comment"}
		case len(d.Rules) > 0 || d.Reason != "":
			return []string{"directive marks no activity: //mcwflint:activity is alone on its line"}
		}
		return nil
	default:
		return []string{"unknown directive //mcwflint:" + d.Name + ": write //mcwflint:ignore rule -- reason, or //mcwflint:activity"}
	}
	if len(d.Rules) == 0 {
		return []string{"directive names no rule: write //mcwflint:ignore rule -- reason"}
	}
	var all []string
	names := d.Rules
	if d.Reason == "" {
		// The words behind the rules may be the reason, written in another way.
		names = names[:1]
		for len(names) < len(d.Rules) && slices.Contains(Rules, d.Rules[len(names)]) {
			names = d.Rules[:len(names)+1]
		}
		all = append(all, "directive gives no reason and silences nothing: write //mcwflint:ignore "+strings.Join(names, ",")+" -- reason")
	}
	for _, name := range names {
		if len(Rules) > 0 && !slices.Contains(Rules, name) {
			all = append(all, "directive names an unknown rule: "+name)
		}
	}
	return all
}
