package names

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// Executed is a function that something executes, at the first place of a package.
type Executed struct {
	Key      string // of the function
	Name     string
	Workflow bool
	At       callgraph.Place
}

// A Program is what a command and the packages below it register and execute.
type Program struct {
	Registered []Registered
	// Executed are functions, Calls names, that are executed on the task queue of the
	// workflow that does: nothing in their packages names another.
	Executed []Executed
	Calls    []NamedCall
	// OpenActivities and OpenWorkflows: some registrations are not known.
	OpenActivities, OpenWorkflows bool
	// Queues are the task queues of its workers, nil if they are not all constants here.
	Queues []string
	// Methods are activities because their struct is registered, and have payloads that cannot
	// travel. What the command uses otherwise is none of them, but in Others, which names a
	// method by its key or, of an interface, as "*.Name".
	Methods []*types.Func
	Others  []string

	p *callgraph.Package
	f *Names
}

// Place is where this package knows of a place in one below it: the place itself, if it is
// here, else the import.
func (p *Program) Place(at callgraph.Place) token.Pos {
	if at.Pkg != keys.Path(p.p.Pass.Pkg) {
		return forwards.ImportOf(p.p, at.Pkg)
	}
	for _, f := range p.p.Files {
		tf := p.p.Pass.Fset.File(f.FileStart)
		if filepath.Base(tf.Name()) == at.File && at.Line <= tf.LineCount() {
			return tf.LineStart(at.Line) + token.Pos(at.Col-1)
		}
	}
	return forwards.ImportOf(p.p, at.Pkg)
}

// noteProgram notes what a call means to the command that it is linked into.
func (f *Names) noteProgram(c *Call) {
	if c.Test || f.p.Testing {
		return
	}
	f.noteStruct(c)
	switch c.Kind {
	case sdk.RegisterActivity, sdk.RegisterWorkflow:
		if f.isOpen(c) {
			f.wiring.OpenActivities = f.wiring.OpenActivities || c.Kind == sdk.RegisterActivity
			f.wiring.OpenWorkflows = f.wiring.OpenWorkflows || c.Kind == sdk.RegisterWorkflow
		}
	case sdk.ExecuteActivity, sdk.ExecuteWorkflow:
		call, ok := c.Node.(*ast.CallExpr)
		if !ok || c.Fn == nil || c.Named != "" || f.choosesQueue() {
			return
		}
		if fn := syntax.Callee(f.p.Info, call); fn == nil || !sdk.Invokes(fn) {
			return // by a client, or by a wrapper that may know better
		}
		e := Executed{Key: "c:" + keys.Func(c.Fn), Name: c.Fn.Name(), Workflow: c.Kind == sdk.ExecuteWorkflow, At: f.p.PlaceOf(c.Target.Pos())}
		if f.p.Ignores("registration", c.Target.Pos()) {
			return
		}
		if f.unseen("executed|" + e.Key) {
			f.wiring.Executed = append(f.wiring.Executed, e)
		}
	}
}

// isOpen reports whether a registration is of something that is not known here, or of
// anything.
func (f *Names) isOpen(c *Call) bool {
	if call, ok := c.Node.(*ast.CallExpr); ok {
		if fn := syntax.Callee(f.p.Info, call); fn != nil && strings.HasPrefix(fn.Name(), "RegisterDynamic") {
			return true
		}
	}
	if c.Tabled() {
		return false
	}
	if !c.NameKnown() {
		return true
	}
	// What decorates a function that is known is registered under the name that the call gives.
	isKnown := func(t roles.Target) bool { return t.Key == "" }
	for _, t := range c.Targets {
		if !isKnown(t) && !(c.GivesName() && slices.ContainsFunc(c.Targets, isKnown)) {
			return true
		}
	}
	return len(c.Targets) == 0 && !c.Open()
}

// choosesQueue reports whether the package names task queues for what its workflows execute.
func (f *Names) choosesQueue() bool {
	if f.queues == 0 {
		f.queues = 1
		for _, file := range f.p.Files {
			ast.Inspect(file, func(x ast.Node) bool {
				switch x := x.(type) {
				case *ast.CompositeLit:
					if f.isWorkflowOptions(x) && syntax.Field(x, "TaskQueue") != nil {
						f.queues = 2
					}
				case *ast.SelectorExpr:
					if x.Sel.Name == "TaskQueue" && f.isWorkflowOptions(x.X) || strings.HasPrefix(x.Sel.Name, "WithTaskQueue") || x.Sel.Name == "CreateSession" {
						f.queues = 2
					}
				}
				return true
			})
		}
	}
	return f.queues == 2
}

// isWorkflowOptions reports whether x is options of what workflows execute: those of a client say
// where a workflow runs.
func (f *Names) isWorkflowOptions(x ast.Expr) bool {
	t := f.p.Info.TypeOf(x)
	return t != nil && sdk.IsNamed(syntax.Deref(t), "ActivityOptions", "ChildWorkflowOptions")
}

// taskQueues are the task queues of the workers that the package makes, nil if one of them is
// not constant or it makes none.
func (f *Names) taskQueues() []string {
	var queues []string
	known := true
	for _, file := range f.p.Files {
		ast.Inspect(file, func(x ast.Node) bool {
			if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 3 {
				if fn := syntax.Callee(f.p.Info, call); fn != nil && sdk.IsWorkerConstructor(fn) {
					value := f.p.Info.Types[call.Args[1]].Value
					if value == nil {
						known = false
						return true
					}
					queues = append(queues, constant.StringVal(value))
				}
			}
			return true
		})
	}
	if !known {
		return nil
	}
	return queues
}

// queueOf is the task queue of the worker that a call registers on: that of the one call that
// makes the worker, by the only constant text that this is given.
func (f *Names) queueOf(registration ast.Node) string {
	call, ok := registration.(*ast.CallExpr)
	if !ok {
		return ""
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	v := syntax.Var(f.p.Info, sel.X)
	if v == nil || !sdk.IsWorker(v.Type()) {
		return ""
	}
	values := f.Values(v)
	if len(values) != 1 {
		return ""
	}
	made, ok := ast.Unparen(values[0]).(*ast.CallExpr)
	if !ok {
		return ""
	}
	queue := ""
	for _, arg := range made.Args {
		if text, ok := f.Constant(arg); ok {
			if queue != "" {
				return ""
			}
			queue = text
		}
	}
	return queue
}

// program is what a command sees.
func (f *Names) program() *Program {
	if f.p.Pass.Pkg.Name() != "main" || f.p.Testing {
		return nil
	}
	p := &Program{
		Registered: append([]Registered{}, f.wiring.Names...), Executed: f.wiring.Executed,
		OpenActivities: f.wiring.OpenActivities, OpenWorkflows: f.wiring.OpenWorkflows,
		Queues: f.taskQueues(), Methods: f.methods(), Others: f.wiring.Others, p: f.p, f: f,
	}
	for i := range f.Names {
		if n := &f.Names[i]; !n.Test {
			p.Registered = append(p.Registered, f.describe(n))
		}
	}
	met := make(map[string]bool)
	for _, id := range f.wiring.Met {
		met[id] = true
	}
	for _, c := range f.wiring.Calls {
		if !met[c.At.ID()] && !c.Elsewhere {
			p.Calls = append(p.Calls, c)
		}
	}
	return p
}
