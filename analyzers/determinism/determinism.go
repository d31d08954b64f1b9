// Package determinism reports workflow code that does something else when Temporal runs it
// again.
//
// # Analyzer determinism
//
// determinism: report workflow code that differs on a replay
//
// Temporal keeps no stack of a workflow. It runs the code again, from the history of the
// execution, after a deployment, when a worker's cache is full, when a query arrives, and
// expects the same commands (activities, timers, child workflows) in the same order. Code
// that asks the clock, draws a random number, or goes through a map gives others: the
// execution is stuck with a non-determinism error, long after the test that passed.
//
// Wrong:
//
//	func RemindWorkflow(ctx workflow.Context, o Order) error {
//		if time.Now().After(o.Due) { // another branch, when it runs again tomorrow
//			return workflow.ExecuteActivity(ctx, a.Remind, o).Get(ctx, nil)
//		}
//		for name := range o.Items { // another order each time
//			workflow.ExecuteActivity(ctx, a.Reserve, name)
//		}
//		...
//
// Right:
//
//	func RemindWorkflow(ctx workflow.Context, o Order) error {
//		if workflow.Now(ctx).After(o.Due) {
//			return workflow.ExecuteActivity(ctx, a.Remind, o).Get(ctx, nil)
//		}
//		for _, name := range workflow.DeterministicKeys(o.Items) {
//			workflow.ExecuteActivity(ctx, a.Reserve, name)
//		}
//		...
//
// Reported is what workflow code (each function whose first parameter is workflow.Context)
// reaches, through calls, closures, interfaces and packages:
//
//   - the clock: time.Now, Since, Until, Sleep, After, AfterFunc, Tick, NewTimer and NewTicker,
//     context.WithTimeout and WithDeadline;
//   - random numbers and identifiers made anew: math/rand without a seed of its own,
//     crypto/rand, uuid.New and its like;
//   - go statements, channels, select, WaitGroup, errgroup, singleflight. A mutex that is locked
//     and unlocked is nothing;
//   - the order of a map where it reaches something: a command, an argument, text, the element
//     that is returned or comes last, contexts that are cancelled, and a branch that hangs on a sum
//     of floating-point numbers. Not where it cannot: what is sorted, summed, counted, put into another map, given to nothing but a side effect, set as
//     typed search attributes, or looked for, as the key of the largest number;
//   - the world: files, environment, network, databases, Temporal's own client;
//   - package variables: writes, and reads of those that an activity of the package writes. A
//     value that is computed when it is first needed, and kept, is nothing.
//
// Nothing is reported in what SideEffect, MutableSideEffect and local activities run, in query
// handlers and validators of updates, and around these in interceptors, in what functions hand on to one of those, in activities,
// in what !workflow.IsReplaying(ctx) guards or is done where there is no workflow.Context, at
// start-up (init, package variables, sync.Once), and in what stands in for a function that is
// nil. Where an interface or a function value may be one that works with a workflow.Context,
// or one that workflow code makes itself, or another, as a clock of workflows and one of
// activities, workflow code is taken to have the first. A function that is put into a field is
// what calls of the field run, with whatever else it is given.
//
// A function whose source is not part of the program is judged by tables: the standard
// library, the SDK, and the modules that workflow code calls most. What is in no table is
// silent. The setting deny names functions that are reported as well, allow those that are
// not followed. The comment //workflowcheck:ignore of Temporal's own checker is honoured: at
// the end of a line, on the line above, or in a function's doc comment.
//
// Not reported, although it may differ: addresses that %p prints,
// the text of protobuf messages, the local time zone, variables that main sets from the
// environment, the order of a map that a function of another package passes on in a
// parameter, or that leaves a function in a field of something that it was given.
package determinism

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/determinism"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed determinism.go
var source string

// Analyzer is the rule determinism.
var Analyzer = &analysis.Analyzer{
	Name:             "determinism",
	Doc:              report.Doc(source),
	URL:              report.URL("determinism"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func init() {
	Analyzer.Flags.Var(&determinism.Deny, "deny",
		"more `functions` that workflow code must not reach, as path/to/pkg.Func or path/to/pkg.Type.Method, with commas between them")
	Analyzer.Flags.Var(&determinism.Allow, "allow",
		"`functions` that workflow code may call whatever they do, as path/to/pkg.Func or path/to/pkg.Type.Method, with commas between them")
}

// consequences say what a cause does to a workflow, and what to use instead.
var consequences = map[int]string{
	determinism.Clock:     "another time on every replay: use workflow.Now",
	determinism.Sleep:     "blocks the worker, and a replay waits again: use workflow.Sleep",
	determinism.Timer:     "a timer that is not in the history: use workflow.NewTimer",
	determinism.Deadline:  "a deadline that each replay starts anew: use workflow.WithCancel and workflow.NewTimer",
	determinism.Random:    "another value on every replay: use workflow.SideEffect",
	determinism.Goroutine: "runs at another moment on every replay: use workflow.Go",
	determinism.Channel:   "waits for what no history has: use workflow.Channel and workflow.Selector",
	determinism.Wait:      "waits for goroutines that no history has: use workflow.WaitGroup or workflow.Await",
	determinism.Order:     "and a replay has another order: range over workflow.DeterministicKeys, or sort",
	determinism.World:     "may have another result on a replay: call it in an activity",
	determinism.Write:     "every replay writes again, and other executions in the process see it: keep state in the workflow's variables",
	determinism.Read:      "an activity writes it, in one worker and at any time: pass the value as an argument or result",
	determinism.Denied:    "the setting deny does not allow it in workflow code",
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	rep := report.New(pass)
	for _, c := range result.Of(determinism.Differs) {
		between := " in workflow code: "
		if c.Effect.N == determinism.Order {
			between = ", "
		}
		f := c.Finding(c.Effect.What + between + consequences[c.Effect.N])
		if c.Here {
			f.Fixes = fixes(pass, &c)
		}
		rep.Report(f)
	}
	result.Silenced(rep, determinism.Differs)
	return rep.Done()
}
