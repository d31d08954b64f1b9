// Package workersplit reports workers that run both workflows and activities.
//
// # Analyzer workersplit
//
// workersplit: report workers that run both workflows and activities
//
// Workflow tasks are short and must be answered within seconds; activities take as
// long as they take, use what memory they need, and may end their process. In one
// process the second starve or kill the first. Two processes can be sized, deployed
// and restarted each on its own.
//
// Wrong:
//
//	w := worker.New(c, "orders", worker.Options{})
//	w.RegisterWorkflow(OrderWorkflow)
//	w.RegisterActivity(&OrderActivitiesImpl{})
//
// Right, in two programs:
//
//	w := worker.New(c, "orders", worker.Options{LocalActivityWorkerOnly: true})
//	w.RegisterWorkflow(OrderWorkflow)
//
//	w := worker.New(c, "orders", worker.Options{DisableWorkflowWorker: true})
//	w.RegisterActivity(&OrderActivitiesImpl{})
//
// Reported is the second kind of registration on a worker whose options set neither,
// also where a helper registers on a worker that it is given, or returns one. A
// worker with LocalActivityWorkerOnly may register the activities that its workflows
// run locally.
//
// The analyzer is silent in tests; where only one of the two registrations is ever
// run, as in the branches of an if; where the options come from elsewhere in a
// package that sets one of the two fields anywhere; and for a worker that an
// interface's method makes, if nothing that is bound to the interface is seen to
// make one. It is a convention: many small programs run well with one
// worker.
package workersplit

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/workers"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed workersplit.go
var source string

// Analyzer is the rule workersplit.
var Analyzer = &analysis.Analyzer{
	Name:             "workersplit",
	Doc:              report.Doc(source),
	URL:              report.URL("workersplit"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	for _, w := range workers.In(program.Of(pass)) {
		message := "this worker runs workflows besides activities"
		if w.Activities {
			message = "this worker runs activities besides workflows"
		}
		f := report.Finding{
			Pos: w.Pos, End: w.End,
			Message:    message + " (" + w.First + "): what one does to the process is done to both; give each a process of its own",
			Convention: true,
		}
		if h := w.Handed; h != nil {
			f.Put(w.Pos, h.At, true)
			f.Effect = h.ID()
		} else {
			f.Related = []analysis.RelatedInformation{
				{Pos: w.FirstPos, Message: "the first kind"},
				{Pos: w.Made, Message: "the worker is made here"},
			}
		}
		rep.Report(f)
	}
	return rep.Done()
}
