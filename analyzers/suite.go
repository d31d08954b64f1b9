// Package analyzers lists the rules of mcwflint.
package analyzers

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/activitylimit"
	"github.com/mediacloud/mcwflint/analyzers/activityoptions"
	"github.com/mediacloud/mcwflint/analyzers/clientreuse"
	"github.com/mediacloud/mcwflint/analyzers/continueasnew"
	"github.com/mediacloud/mcwflint/analyzers/dbconnect"
	"github.com/mediacloud/mcwflint/analyzers/determinism"
	"github.com/mediacloud/mcwflint/analyzers/directive"
	"github.com/mediacloud/mcwflint/analyzers/futures"
	"github.com/mediacloud/mcwflint/analyzers/implnaming"
	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/lossynumber"
	"github.com/mediacloud/mcwflint/analyzers/payloadsize"
	"github.com/mediacloud/mcwflint/analyzers/positionalargs"
	"github.com/mediacloud/mcwflint/analyzers/rawinsert"
	"github.com/mediacloud/mcwflint/analyzers/registration"
	"github.com/mediacloud/mcwflint/analyzers/retrypolicy"
	"github.com/mediacloud/mcwflint/analyzers/sensitiveargs"
	"github.com/mediacloud/mcwflint/analyzers/serializable"
	"github.com/mediacloud/mcwflint/analyzers/stringtarget"
	"github.com/mediacloud/mcwflint/analyzers/workeroptions"
	"github.com/mediacloud/mcwflint/analyzers/workersplit"
	"github.com/mediacloud/mcwflint/analyzers/workerstop"
	"github.com/mediacloud/mcwflint/analyzers/workflowcontext"
	"github.com/mediacloud/mcwflint/analyzers/workflowlogger"
)

// A Rule is an analyzer with what the drivers and the documentation say of it.
type Rule struct {
	Analyzer *analysis.Analyzer
	// Tip is the tip of the Media Cloud workflow guide; "" for rules beyond it.
	Tip string
	// Presets are the presets that have the rule, besides "all".
	Presets []string
	// Since is the first version with the rule.
	Since string
	// Tests: the rule reads tests. The others know that tests start and bind nothing.
	Tests bool
}

// Presets of the drivers that have them. Standard is the default.
const (
	Standard    = "standard"
	Tips        = "tips"
	Recommended = "recommended"
	All         = "all"
)

// Presets lists the presets.
func Presets() []string { return []string{Standard, Tips, Recommended, All} }

// What a rule may be, as the presets that have it. A rule that must be asked for has
// none.
var (
	tip        = []string{Standard, Tips, Recommended}
	convention = []string{Standard, Tips} // a tip that is a matter of taste
	defect     = []string{Standard, Recommended}
)

// Suite is the one list of rules, by name.
var Suite = []Rule{
	{activitylimit.Analyzer, "run at most 1000 activities in a workflow", tip, "v0.1.0", false},
	{activityoptions.Analyzer, "", defect, "v0.2.0", false},
	{clientreuse.Analyzer, "reuse clients", tip, "v0.1.0", false},
	{continueasnew.Analyzer, "", defect, "v0.2.0", false},
	{dbconnect.Analyzer, "use connect_to_db_or_raise() instead of connect_to_db()", tip, "v0.1.0", false},
	{determinism.Analyzer, "", defect, "v0.2.0", false},
	{directive.Analyzer, "", tip, "v0.1.0", true},
	{futures.Analyzer, "", defect, "v0.2.0", false},
	{implnaming.Analyzer, "name interfaces XYZWorkflow and XYZActivities, and implementations with Impl", convention, "v0.1.0", false},
	{lossynumber.Analyzer, "", nil, "v0.2.0", false},
	{payloadsize.Analyzer, "keep payloads under 200 KB", tip, "v0.1.0", false},
	{positionalargs.Analyzer, "use positional arguments", tip, "v0.1.0", true},
	{rawinsert.Analyzer, "make activities idempotent", tip, "v0.1.0", false},
	{registration.Analyzer, "", defect, "v0.2.0", false},
	{retrypolicy.Analyzer, "use the sanctioned retry policy", tip, "v0.1.0", false},
	{sensitiveargs.Analyzer, "", nil, "v0.2.0", false},
	{serializable.Analyzer, "pass arguments that can be serialized", tip, "v0.1.0", false},
	{stringtarget.Analyzer, "", nil, "v0.2.0", false},
	{workeroptions.Analyzer, "", defect, "v0.2.0", true},
	{workersplit.Analyzer, "run workflows and activities in separate processes", convention, "v0.1.0", false},
	{workerstop.Analyzer, "use stop_worker_faster() in tests", tip, "v0.1.0", true},
	{workflowcontext.Analyzer, "", defect, "v0.2.0", false},
	{workflowlogger.Analyzer, "", nil, "v0.2.0", false},
}

// Program is the analyzer that computes facts for the rules. It reports nothing.
var Program = program.Analyzer

func init() {
	for _, r := range Suite {
		directive.Rules = append(directive.Rules, r.Analyzer.Name)
	}
	directive.Rules = append(directive.Rules, Beyond...)
}

// Result is what the analyzer of a rule returns: its findings, in the order of its
// diagnostics.
type Result = report.Result

// Finding is what a diagnostic of a rule is made of.
type Finding = report.Finding

// Registered is what a command registers.
type Registered = report.Registered

// Place is where a finding may stand instead of the place that the diagnostic has.
type Place = report.Place

// IsGenerated reports whether a file was generated.
func IsGenerated(f *ast.File, name string) bool { return report.IsGenerated(f, name) }

// Printable escapes control characters in text of the program under analysis.
func Printable(s string) string { return report.Printable(s) }

// KeepExplanations makes later runs of Program keep what Explain needs.
func KeepExplanations() { program.Explaining = true }

// Explain says what the result of Program knows of the functions and the package
// that name fits, a text each.
func Explain(result any, name string) []string {
	r, ok := result.(*callgraph.Result)
	if !ok {
		return nil
	}
	return r.Explain(name)
}

// ReadsComments reports whether a rule reads comments and nothing else.
func ReadsComments(a *analysis.Analyzer) bool { return a == directive.Analyzer }

// Own returns the setting own.
func Own() []string { return program.Own }

// AddOwn adds prefixes of module paths to the setting own. It must not be called
// once analysis has started.
func AddOwn(prefixes []string) {
	for _, p := range prefixes {
		if !slices.Contains(program.Own, p) {
			program.Own = append(program.Own, p)
		}
	}
}

// Select returns the analyzers of a preset, with the rules of enable added and
// those of disable left out.
func Select(preset string, enable, disable []string) ([]*analysis.Analyzer, error) {
	if !slices.Contains(Presets(), preset) {
		return nil, fmt.Errorf("unknown preset %q: want %s", preset, strings.Join(Presets(), ", "))
	}
	for _, list := range [][]string{enable, disable} {
		for _, name := range list {
			if Lookup(name) == nil {
				return nil, fmt.Errorf("unknown rule %q: want one of %s", name, strings.Join(Names(), ", "))
			}
		}
	}
	var selected []*analysis.Analyzer
	for _, r := range Suite {
		name := r.Analyzer.Name
		if (preset == All || slices.Contains(r.Presets, preset) || slices.Contains(enable, name)) && !slices.Contains(disable, name) {
			selected = append(selected, r.Analyzer)
		}
	}
	return selected, nil
}

// Lookup returns the rule with a name, or nil.
func Lookup(name string) *Rule {
	for i := range Suite {
		if Suite[i].Analyzer.Name == name {
			return &Suite[i]
		}
	}
	return nil
}

// Names returns the names of all rules.
func Names() []string {
	var names []string
	for _, r := range Suite {
		names = append(names, r.Analyzer.Name)
	}
	return names
}

// Beyond are the rules of the command compat, which compares revisions and so runs under no
// other driver. Directives may name them.
var Beyond = []string{"replaybreak", "wirebreak"}

// URL is the address of a rule's page.
func URL(rule string) string {
	for _, name := range Beyond {
		if name == rule {
			return report.PageBase + "../compat.md"
		}
	}
	return report.URL(rule)
}
