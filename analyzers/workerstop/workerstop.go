// Package workerstop reports workers of tests that are not stopped, or slowly.
//
// # Analyzer workerstop
//
// workerstop: report workers of tests that are not stopped, or slowly, and clients closed before their workers
//
// A worker that a test leaves running goes on polling: it takes the tasks of the
// tests behind it, and their log lines. Stop waits for the activities that run, up
// to WorkerStopTimeout, in every test. And a worker whose client is closed first
// cannot report what its activities did, so that they run again.
//
// Wrong:
//
//	w := worker.New(c, "orders", worker.Options{WorkerStopTimeout: 30 * time.Second})
//	w.RegisterWorkflow(OrderWorkflow)
//	require.NoError(t, w.Start())
//	defer w.Stop()
//
// Right:
//
//	require.NoError(t, w.Start())
//	defer workers.StopWorkerFaster(w)
//
// Reported in tests, and in packages of helpers for them, which name testing.T, are
//   - a worker that is started, or run in a goroutine, and not stopped on some path;
//   - Run with InterruptCh in the test's own goroutine, which never returns;
//   - Stop of a worker whose options set WorkerStopTimeout;
//   - any other plain Stop, as a convention: the setting prefer=false leaves these out.
//
// Reported anywhere is a client that is closed before its worker stops, in the order
// in which statements, deferred calls and cleanups run.
//
// A worker is stopped by Stop or StopWorkerFaster: called, deferred, in t.Cleanup, in
// a closure; by the function that it is handed to; and by the caller that a helper
// returns it to, or that gets a closure with it. What a path through t.Fatal leaves
// is no finding, nor is a worker that failed to start, or that TestMain leaves to the
// end of the process.
//
// The analyzer is silent for workers that are started behind calls of the program's
// own, other than a helper of the same package that returns one; where a worker goes
// into a field, a slice or another package, it is taken to be stopped there. Examples
// without an Output comment are compiled and never run: they are no tests.
//
// The fix names runtime/workers' StopWorkerFaster, in packages that import it already.
package workerstop

import (
	_ "embed"
	"go/ast"
	"go/doc"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/workers"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed workerstop.go
var source string

// Analyzer is the rule workerstop.
var Analyzer = &analysis.Analyzer{
	Name:             "workerstop",
	Doc:              report.Doc(source),
	URL:              report.URL("workerstop"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

var prefer bool

func init() {
	Analyzer.Flags.BoolVar(&prefer, "prefer", true, "also report every plain Stop in a test: the tip is to use StopWorkerFaster")
}

const runtimeWorkers = "github.com/mediacloud/mcwflint/runtime/workers"

// makesSplit recognizes the functions of runtime/workers that make a worker.
func makesSplit(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == runtimeWorkers && (fn.Name() == "NewWorkflowWorker" || fn.Name() == "NewActivityWorker")
}

// checker is the rule in one package.
type checker struct {
	workers.Finder
	pass     *analysis.Pass
	rep      *report.Reporter
	tests    map[*ast.FuncDecl]bool // functions that are part of tests
	assigned map[*types.Var]map[string]ast.Expr
	made     map[*types.Var]*ast.CallExpr
	kept     map[*types.Var]*types.Var // by field, see origin
	uses     map[*types.Var]uses
	starters map[*types.Func]bool // they return a worker that they started
}

func run(pass *analysis.Pass) (any, error) {
	rep := report.New(pass)
	result := names.In(program.Of(pass))
	if !sdk.Imports(pass.Pkg) || len(pass.TypeErrors) > 0 || result.Assignments == nil {
		return rep.Done()
	}
	c := &checker{
		Finder:   workers.Finder{Info: pass.TypesInfo, Value: result.Value, Makes: makesSplit},
		pass:     pass,
		rep:      rep,
		tests:    make(map[*ast.FuncDecl]bool),
		made:     make(map[*types.Var]*ast.CallExpr),
		kept:     make(map[*types.Var]*types.Var),
		uses:     make(map[*types.Var]uses),
		starters: make(map[*types.Func]bool),
	}
	c.assigned = c.Assigned(pass.Files)
	var decls []*ast.FuncDecl
	helpers := helpsTests(pass)
	for _, file := range pass.Files {
		inTest := helpers || isTest(pass, file)
		shown := onlyShown(file)
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil {
				continue
			}
			decls = append(decls, decl)
			c.tests[decl] = inTest && !shown[decl.Name.Name]
		}
	}
	c.findMade(decls)
	for _, decl := range decls {
		c.collect(decl)
	}
	for _, decl := range decls {
		c.findStarter(decl)
	}
	for _, decl := range decls {
		if c.tests[decl] {
			c.unstopped(decl)
			c.slowStops(decl)
		}
		c.closedFirst(decl.Body)
	}
	c.unstoppedFields()
	return rep.Done()
}

// helpsTests reports whether files that are no tests themselves name a type of package
// testing: a package of helpers for tests. Programs ask testing.Testing and are none.
func helpsTests(pass *analysis.Pass) bool {
	helps := false
	for _, f := range pass.Files {
		if isTest(pass, f) || !syntax.Imports(f, "testing") {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && !helps {
				name, ok := pass.TypesInfo.Uses[id].(*types.TypeName)
				helps = ok && name.Pkg() != nil && name.Pkg().Path() == "testing"
			}
			return !helps
		})
	}
	return helps
}

// onlyShown returns the names of the examples in a file that are compiled and never
// run, as those without an Output comment: they show what a program's main does.
func onlyShown(file *ast.File) map[string]bool {
	shown := make(map[string]bool)
	for _, x := range doc.Examples(file) {
		if x.Output == "" && !x.EmptyOutput {
			shown["Example"+x.Name] = true
		}
	}
	return shown
}

func isTest(pass *analysis.Pass, f *ast.File) bool {
	return strings.HasSuffix(pass.Fset.File(f.FileStart).Name(), "_test.go")
}
