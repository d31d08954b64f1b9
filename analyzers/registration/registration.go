// Package registration reports what workers register wrongly, or not at all.
//
// # Analyzer registration
//
// registration: report registrations that the SDK refuses, and names that nothing registers
//
// A worker takes functions as any: what the SDK does not accept it refuses with a panic when
// the process starts. A name that is executed and that no worker knows is found later, when the
// activity has been tried forever without ever running.
//
// Wrong:
//
//	w.RegisterActivity(ChargeWorkflow)                    // takes workflow.Context: panics
//	w.RegisterActivity(a.Quick)
//	...
//	workflow.ExecuteActivity(ctx, "Qiuck", order)         // nothing registers Qiuck
//
// Right:
//
//	w.RegisterWorkflow(ChargeWorkflow)
//	w.RegisterActivity(a.Quick)
//	...
//	workflow.ExecuteActivity(ctx, a.Quick, order)
//
// Reported are registrations of an activity that takes workflow.Context, of a workflow that does
// not, of functions whose results are not (T, error) or error, and of structs with such a method;
// the same name twice on one worker; a worker that is started and on which nothing is registered;
// and, in package main, activities and child workflows that a package executes whose workflows the
// program registers, and that nothing in the program registers: with the nearest name.
//
// The last is silent where the program registers nothing of that kind or something that is not
// known, such as a dynamic activity, or where the package names a task queue in the options of what
// its workflows execute, which another program may serve. Several commands that are linted together are one program: what one
// executes, the other may register, on the same task queue where those are constants. The setting external names what other programs register.
// A table that pairs constant names with functions is read where only its package can make an entry.
// Tests, and packages that import testing, are not looked at.
package registration

import (
	_ "embed"
	"go/ast"
	"go/types"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/flags"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

//go:embed registration.go
var source string

// Analyzer is the rule registration.
var Analyzer = &analysis.Analyzer{
	Name:             "registration",
	Doc:              report.Doc(source),
	URL:              report.URL("registration"),
	Requires:         []*analysis.Analyzer{program.Analyzer, report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	ResultType:       report.ResultType,
}

// external is the setting that names what other programs register; it is read-only once
// analysis has started.
var external flags.List

func init() {
	Analyzer.Flags.Var(&external, "external", "`names` of activities and workflows that other programs register, with commas between them; * at the end stands for any rest")
}

type rule struct {
	pass   *analysis.Pass
	rep    *report.Reporter
	result *names.Result
}

func run(pass *analysis.Pass) (any, error) {
	result := program.Of(pass)
	r := &rule{pass, report.New(pass), names.In(result)}
	result.Silenced(r.rep, 0)
	for i := range r.result.Calls {
		if c := &r.result.Calls[i]; c.Kind.Register() && !c.Test {
			r.refused(c)
		}
	}
	r.twice()
	r.idle()
	if r.result.Program != nil {
		r.missing(r.result.Program)
	}
	return r.rep.Done()
}

// refused reports targets with which the SDK panics.
func (r *rule) refused(c *names.Call) {
	for _, t := range c.Targets {
		if t.Fn == nil || t.Struct && r.skipsInvalid(c) {
			continue
		}
		sig := t.Fn.Signature()
		what := ""
		switch {
		case c.Kind == sdk.RegisterActivity && (sdk.IsWorkflowCode(sig) || sig.Params().Len() > 1 && sdk.IsWorkflowContext(sig.Params().At(1).Type())):
			what = "takes workflow.Context, as a workflow does: registering it as an activity panics"
		case c.Kind == sdk.RegisterWorkflow && !sdk.IsWorkflowCode(sig):
			what = "does not take workflow.Context first: registering it as a workflow panics"
		case !returnsResult(sig):
			what = "does not return (T, error) or error: registering it panics"
		default:
			continue
		}
		name := t.Fn.Name()
		if t.Struct {
			name = keys.Owner(t.Fn)
		}
		r.rep.Report(report.Finding{Pos: c.Target.Pos(), End: c.Target.End(), Message: name + " " + what})
		if t.Struct {
			return // the first is what the SDK says
		}
	}
}

// skipsInvalid reports whether the options of a registration may leave out the methods of a
// struct that are no activities.
func (r *rule) skipsInvalid(c *names.Call) bool {
	call, ok := c.Node.(*ast.CallExpr)
	if !ok || len(call.Args) < 2 {
		return c.Wrapped
	}
	lit, ok := ast.Unparen(call.Args[len(call.Args)-1]).(*ast.CompositeLit)
	return !ok || syntax.Field(lit, "SkipInvalidStructFunctions") != nil
}

// returnsResult reports whether the results are what the SDK takes.
func returnsResult(sig *types.Signature) bool {
	n := sig.Results().Len()
	if n < 1 || n > 2 || !syntax.IsErrorLike(sig.Results().At(n-1).Type()) {
		return false
	}
	if n == 2 {
		switch sig.Results().At(0).Type().Underlying().(type) {
		case *types.Signature, *types.Chan:
			return false
		}
	}
	return true
}

// twice reports a name that one worker gets a second time, in the same list of statements.
func (r *rule) twice() {
	type place struct {
		worker   types.Object
		block    ast.Node
		name     string
		workflow bool
	}
	blocks := sync.OnceValue(r.blocks)
	seen := make(map[place]bool)
	for i := range r.result.Names {
		n := &r.result.Names[i]
		call, ok := n.Node.(*ast.CallExpr)
		if !ok || n.Test {
			continue
		}
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		if !ok || !r.isWorker(sel.X) || len(call.Args) == 2 && r.overwrites(call.Args[1]) {
			continue
		}
		at := place{syntax.Place(r.pass.TypesInfo, sel.X), blocks()[call], n.Name, n.Workflow}
		if at.worker == nil || at.block == nil {
			continue
		}
		if seen[at] {
			r.rep.Report(report.Finding{Pos: call.Pos(), End: call.End(), Message: n.Name + " is registered on this worker already: the second registration panics"})
		}
		seen[at] = true
	}
}

// blocks are the lists of statements in which calls are statements.
func (r *rule) blocks() map[*ast.CallExpr]ast.Node {
	found := make(map[*ast.CallExpr]ast.Node)
	for _, file := range r.pass.Files {
		ast.PreorderStack(file, nil, func(x ast.Node, stack []ast.Node) bool {
			if s, ok := x.(*ast.ExprStmt); ok && len(stack) > 0 {
				if call, ok := s.X.(*ast.CallExpr); ok {
					found[call] = stack[len(stack)-1]
				}
			}
			return true
		})
	}
	return found
}

func (r *rule) isWorker(x ast.Expr) bool {
	t := r.pass.TypesInfo.TypeOf(x)
	return t != nil && sdk.IsWorker(t)
}

// overwrites reports whether options allow a name to be registered again, or are not known.
func (r *rule) overwrites(options ast.Expr) bool {
	lit, ok := ast.Unparen(options).(*ast.CompositeLit)
	return !ok || syntax.Field(lit, "DisableAlreadyRegisteredCheck") != nil
}

// idle reports workers that are started and on which nothing is registered.
func (r *rule) idle() {
	// A package that helps tests makes workers for them to fill.
	if !sdk.Imports(r.pass.Pkg) || slices.ContainsFunc(r.pass.Files, r.helpsTests) {
		return
	}
	for _, file := range r.pass.Files {
		if strings.HasSuffix(r.pass.Fset.File(file.FileStart).Name(), "_test.go") {
			continue
		}
		for _, decl := range file.Decls {
			if fd, ok := decl.(*ast.FuncDecl); ok && fd.Body != nil {
				r.idleIn(fd.Body)
			}
		}
	}
}

// helpsTests reports whether a file that is no test imports testing.
func (r *rule) helpsTests(file *ast.File) bool {
	return !strings.HasSuffix(r.pass.Fset.File(file.FileStart).Name(), "_test.go") &&
		syntax.Imports(file, "testing")
}

func (r *rule) idleIn(body *ast.BlockStmt) {
	made := make(map[*types.Var]*ast.CallExpr)
	var order []*types.Var
	ast.Inspect(body, func(x ast.Node) bool {
		if a, ok := x.(*ast.AssignStmt); ok && len(a.Lhs) == 1 && len(a.Rhs) == 1 {
			call, ok := ast.Unparen(a.Rhs[0]).(*ast.CallExpr)
			if !ok {
				return true
			}
			v := syntax.Var(r.pass.TypesInfo, a.Lhs[0])
			if fn := syntax.Callee(r.pass.TypesInfo, call); fn != nil && sdk.IsWorkerConstructor(fn) && v != nil && v.Parent() != r.pass.Pkg.Scope() && made[v] == nil {
				made[v] = call
				order = append(order, v)
			}
		}
		return true
	})
	for _, v := range order {
		if r.onlyRuns(body, v) {
			r.rep.Report(report.Finding{Pos: made[v].Pos(), End: made[v].End(), Message: "nothing is registered on this worker: it asks for tasks that it can only fail"})
		}
	}
}

// onlyRuns reports whether a worker is started, and nothing else than starting and stopping
// is done with it.
func (r *rule) onlyRuns(body *ast.BlockStmt, v *types.Var) bool {
	starts, other := false, false
	ast.PreorderStack(body, nil, func(x ast.Node, stack []ast.Node) bool {
		id, ok := x.(*ast.Ident)
		if !ok || r.pass.TypesInfo.Uses[id] != v {
			return true
		}
		sel, ok := stack[len(stack)-1].(*ast.SelectorExpr)
		switch {
		case !ok:
			other = true
		case sel.Sel.Name == "Run" || sel.Sel.Name == "Start":
			starts = true
		case sel.Sel.Name != "Stop":
			other = true
		}
		return true
	})
	return starts && !other
}
