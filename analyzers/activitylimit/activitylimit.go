// Package activitylimit reports workflows whose runs execute too many activities.
//
// # Analyzer activitylimit
//
// activitylimit: report workflows that run more than 1000 activities, or any number of them
//
// Every activity adds at least three events to the history of its workflow's run,
// and the history is read again whenever a worker has lost the workflow. The
// server warns at 10,240 events and ends the run above 51,200. So one run executes
// at most 1000 activities, local activities and child workflows; a workflow with
// more to do gives batches to child workflows or continues as new.
//
// Wrong:
//
//	func ImportWorkflow(ctx workflow.Context, in Import) error {
//		for _, file := range in.Files {
//			if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
// Right:
//
//	func ImportWorkflow(ctx workflow.Context, in Import) error {
//		n := min(len(in.Files), 500)
//		for _, file := range in.Files[:n] {
//			if err := workflow.ExecuteActivity(ctx, a.Load, file).Get(ctx, nil); err != nil {
//				return err
//			}
//		}
//		if n < len(in.Files) {
//			return workflow.NewContinueAsNewError(ctx, ImportWorkflow, Import{in.Files[n:]})
//		}
//		return nil
//	}
//
// Reported is the outermost loop without a constant bound that runs an activity,
// in a workflow that never continues as new: for {}, a condition, and a range over
// what the workflow was given or an activity returned, however short that usually
// is. The activity may be calls away, in a closure, a coroutine, a deferred
// function, a selector's callback or an update handler. Reported are also loops
// with constant bounds that are over the limit, alone or together, whether the
// workflow continues as new or not, unless such a loop may end early; branches
// count as the largest of them. Workflows are functions that are registered,
// executed, scheduled, named in a table of definitions, or called XYZWorkflow; of
// a workflow that only another package registers, under another name, loops are
// reported at the registration.
//
// Bounds are constants, also through local variables and a helper's parameters;
// arrays and literals; x[:n]; len(x) > n and its relatives where they leave, clamp or
// enclose; a way out of the loop at a count of all turns that run an activity; min; what a
// function is told by its name and a number: firstN(list, 20), strings.SplitN;
// and a look at GetContinueAsNewSuggested or the history's length that decides
// something. What a loop runs on its way out runs once.
//
// The analyzer is silent
//   - where the workflow may continue as new: anywhere in what it calls, also
//     behind an interface's method that takes a workflow.Context and returns an
//     error while nothing tells what it runs;
//   - for conditions about time, such as a deadline;
//   - for lists of unknown origin: configuration, fields that no workflow fills, the
//     result of a function that is given nothing;
//   - for what a function has been given before that compares a length: it validates a request;
//   - for a number that a helper is given and that is no constant at the call;
//   - for recursion, and for activities that are started behind an interface.
package activitylimit

import (
	_ "embed"
	"flag"
	"fmt"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/history"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed activitylimit.go
var source string

// Analyzer is the rule activitylimit.
var Analyzer = &analysis.Analyzer{
	Name:             "activitylimit",
	Doc:              report.Doc(source),
	URL:              report.URL("activitylimit"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func init() {
	Analyzer.Flags.Var((*positive)(&history.Limit), "limit", "the `number` of activities, local activities and child workflows that one run may execute")
}

// positive is a flag for a number above zero.
type positive int

var _ flag.Getter = (*positive)(nil) // its type is the configuration file's

func (n *positive) String() string { return strconv.Itoa(int(*n)) }

// Get returns an int.
func (n *positive) Get() any { return int(*n) }

// Set refuses what is no number above zero.
func (n *positive) Set(s string) error {
	v, err := strconv.Atoi(s)
	if err != nil || v < 1 {
		return fmt.Errorf("want a whole number above 0")
	}
	*n = positive(v)
	return nil
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	rep := report.New(pass)
	for _, c := range result.Of(history.Loop | history.Over) {
		// Have: c.Effect.What is the innermost call and its place.
		message := fmt.Sprintf("loop without a bound around %s: the history of a workflow that never continues as new grows until the server ends it; "+
			"give batches to child workflows, or continue as new", c.Effect.What)
		if c.Effect.N > 0 {
			message = fmt.Sprintf("up to %d activities in one run, by %s: the limit is %d; give batches to child workflows, or continue as new between them",
				c.Effect.N, c.Effect.What, history.Limit)
		}
		f := c.Finding(message)
		if c.Here && len(f.Chain) == 1 {
			f.Chain = nil // the workflow itself
		}
		if history.Inner(&c).IsValid() {
			f.Related = append(f.Related, analysis.RelatedInformation{Pos: history.Inner(&c), Message: "runs an activity each time round"})
		}
		rep.Report(f)
	}
	result.Silenced(rep, history.Loop|history.Over)
	return rep.Done()
}
