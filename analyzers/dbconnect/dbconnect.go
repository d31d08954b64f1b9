// Package dbconnect reports what an activity reaches that ends the process or
// retries a connection by itself.
//
// # Analyzer dbconnect
//
// dbconnect: report activities that end the process or retry a connection themselves
//
// An activity that cannot reach its database should fail and let Temporal retry
// it, with the policy that the workflow chose. One that loops until the database
// is back holds a worker's slot for as long, and its timeouts fire; one that then
// ends the process takes every other activity of the worker with it. A panic is
// recovered by the SDK; os.Exit and log.Fatal are not.
//
// Wrong:
//
//	func (a *PeopleActivitiesImpl) Add(ctx context.Context, name string) error {
//		db, err := postgres.ConnectToDB(ctx) // tries for a minute, then ends the process
//
// Right:
//
//	func (a *PeopleActivitiesImpl) Add(ctx context.Context, name string) error {
//		db, err := postgres.ConnectToDBOrRaise(ctx)
//		if err != nil {
//			return err
//		}
//
// Reported are ConnectToDB of runtime/postgres and the functions that the setting
// funcs names; os.Exit, log.Fatal and the Fatal of zap, logrus, zerolog, klog and
// glog, also on a derived logger, behind an interface, or kept in a variable or
// field; and loops around sql.Open, Ping, pgx.Connect or pgxpool.New that wait
// between attempts, or the call of a retry library, or of the package's own helper,
// around one. A function that does both is reported once.
//
// The analyzer is silent for code that no activity reaches, such as main, init and
// package variables; inside sync.Once, OnceFunc and OnceValue; and for panics. A
// loop counts only if success leaves it and failure does not: one that tests the
// connection every minute is a health check, and one that returns the error goes on
// for something else.
package dbconnect

import (
	_ "embed"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/exits"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
)

//go:embed dbconnect.go
var source string

// Analyzer is the rule dbconnect.
var Analyzer = &analysis.Analyzer{
	Name:             "dbconnect",
	Doc:              report.Doc(source),
	URL:              report.URL("dbconnect"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

func init() {
	Analyzer.Flags.Var(&exits.Connect, "funcs",
		"more `functions` that retry and then end the process, as path/to/pkg.Func or path/to/pkg.Type.Method, with commas between them")
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	rep := report.New(pass)
	for _, c := range result.Of(exits.Exit | exits.Retry) {
		message := c.Effect.What + " ends the worker process: every other activity that runs on it is lost"
		if c.Kind == exits.Retry {
			message = c.Effect.What + " retries inside an activity: it holds the worker while Temporal would retry"
		}
		f := c.Finding(message)
		if c.Here {
			f.Fixes = orRaise(pass, c.Site.Call)
		}
		rep.Report(f)
	}
	result.Silenced(rep, exits.Exit|exits.Retry)
	return rep.Done()
}

// orRaise renames ConnectToDB to ConnectToDBOrRaise where both return the same.
func orRaise(pass *analysis.Pass, call *ast.CallExpr) []analysis.SuggestedFix {
	if call == nil {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	fn, ok := pass.TypesInfo.Uses[sel.Sel].(*types.Func)
	if !ok || fn.Name() != "ConnectToDB" || fn.Pkg() == nil {
		return nil
	}
	other, ok := fn.Pkg().Scope().Lookup("ConnectToDBOrRaise").(*types.Func)
	if !ok || !types.Identical(fn.Signature(), other.Signature()) {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "call ConnectToDBOrRaise",
		TextEdits: []analysis.TextEdit{{Pos: sel.Sel.Pos(), End: sel.Sel.End(), NewText: []byte("ConnectToDBOrRaise")}},
	}}
}
