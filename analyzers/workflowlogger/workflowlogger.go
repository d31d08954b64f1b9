// Package workflowlogger reports logs that a replay writes again.
//
// # Analyzer workflowlogger
//
// workflowlogger: report loggers in workflow code that write again on every replay
//
// Temporal runs workflow code again from its history, and what the code logs is logged again: ten
// lines of one payment, of which nine did not happen. The logger of the SDK knows of replays and
// stays silent.
//
// Wrong:
//
//	func ChargeWorkflow(ctx workflow.Context, o Order) error {
//		log.Printf("charging %s", o.ID)
//
// Right:
//
//	func ChargeWorkflow(ctx workflow.Context, o Order) error {
//		workflow.GetLogger(ctx).Info("charging", "order", o.ID)
//
// Reported are log, log/slog, fmt.Print, fmt.Fprint to os.Stdout and os.Stderr, zap, logrus, zerolog, glog and klog in workflow code and in
// functions of the same package that it calls. Not in what SideEffect and local activities run, in
// query handlers, and in what !workflow.IsReplaying(ctx) guards. Opt-in: some teams do not mind.
//
// Functions of other packages that log are not reported, nor are loggers behind interfaces of the
// program.
package workflowlogger

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/determinism"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed workflowlogger.go
var source string

// Analyzer is the rule workflowlogger.
var Analyzer = &analysis.Analyzer{
	Name:             "workflowlogger",
	Doc:              report.Doc(source),
	URL:              report.URL("workflowlogger"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	rep := report.New(pass)
	for _, c := range result.Of(determinism.Logs) {
		rep.Report(c.Finding(c.Effect.What + " in workflow code writes again on every replay: use workflow.GetLogger"))
	}
	result.Silenced(rep, determinism.Logs)
	return rep.Done()
}
