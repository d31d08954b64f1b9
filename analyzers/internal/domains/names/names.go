// Package names knows which functions are activities, workflows and handlers, under which
// names they are registered, and which calls, here and in other packages, run them by name.
package names

import (
	"fmt"
	"go/ast"
	"go/types"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/forwards"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/flow"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

var domain = &callgraph.Domain{Name: "names", Version: 4}

func init() { callgraph.Register(domain, open) }

// Names is what is known of the roles and names in a package.
type Names struct {
	*roles.Finder
	p        *callgraph.Package
	forwards *forwards.Forwards
	wiring   wiring // of the imports, and what this package adds
	seen     map[string]bool
	result   *Result
	stuck    map[*types.Func]bool // methods with payloads that cannot travel
	finished bool
	queues   int // whether the package names task queues: not known, no, yes
}

// A Result is what the rules read.
type Result struct {
	// Calls are the calls that register, execute or mock a target, tests included.
	Calls []Call
	// Names are the names registered here.
	Names []roles.Name
	// Alike are the functions that look like activities, by a comment or where nothing registers or
	// executes any, by what they use or are called.
	Alike []*types.Func
	// Program is what a command registers and executes; nil for other packages.
	Program *Program
	// Meetings are calls by name of packages below that met their registration here.
	Meetings []Meeting

	unconventional []string // see IsUnconventional

	*flow.Assignments
}

// Of returns the names of a package that is being read. Its Finder is filled when the
// bodies are.
func Of(p *callgraph.Package) *Names { return p.Reader(domain).(*Names) }

// In returns what was found in a package; never nil.
func In(r *callgraph.Result) *Result {
	if result, ok := r.Get(domain).(*Result); ok {
		return result
	}
	return new(Result)
}

// A summary is what callers need to know of a function.
type summary struct {
	Forwards []roles.Forward
	// Text is what a variable is, if it is a string that is never anything else.
	Text string
}

func open(p *callgraph.Package) (any, callgraph.Hooks) {
	f := &Names{p: p, forwards: forwards.Of(p), seen: make(map[string]bool), stuck: make(map[*types.Func]bool), result: new(Result)}
	f.Finder = &roles.Finder{
		Info:     p.Info,
		Pkg:      p.Pass.Pkg,
		Imported: f.imported, ImportedText: f.importedText,
	}
	return f, callgraph.Hooks{
		Import: f.importWiring,
		Prepare: func() {
			f.Find(p.Files)
			f.exportTexts()
			for fn, list := range f.Forwards {
				for _, fw := range list {
					f.forward(fn, fw)
				}
			}
		},
		Target:   f.target,
		Visit:    f.noteHanded,
		Sink:     f.noteMethod,
		Starts:   f.starts,
		Function: f.function,
		RootKind: func(sig *types.Signature) facts.RootKind {
			if sdk.IsWorkflowCode(sig) {
				return facts.WorkflowRoot
			}
			return facts.ActivityRoot
		},
		Roots:   f.roots,
		Closed:  f.meetHanded,
		Wiring:  f.exportWiring,
		Result:  func() any { return f.result },
		Explain: f.explain,
	}
}

// imported are the forwards of a function of another package.
func (f *Names) imported(fn *types.Func) []roles.Forward {
	return callgraph.SummaryOf[summary](f.p, domain, fn).Forwards
}

// importedText is the text of a variable of another package.
func (f *Names) importedText(v *types.Var) (string, bool) {
	text := callgraph.SummaryOf[summary](f.p, domain, v).Text
	return text, text != ""
}

// exportTexts notes the variables that are names of activities and workflows, or may be.
func (f *Names) exportTexts() {
	if !sdk.Imports(f.p.Pass.Pkg) || f.Assignments == nil {
		return
	}
	scope := f.p.Pass.Pkg.Scope()
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok && v.Exported() {
			if text, ok := f.Text(v); ok && text != "" {
				f.p.Export(domain, v, &summary{Text: text})
			}
		}
	}
}

func (f *Names) function(n *callgraph.Node) any {
	if list := f.Forwards[n.Fn]; len(list) > 0 {
		return &summary{Forwards: list}
	}
	return nil
}

// target says of an identifier or a function literal whether a call registers or executes
// it, and whether it handles updates, queries or operations of the workflow that sets it.
func (f *Names) target(x ast.Node) (target, handler bool) {
	switch x := x.(type) {
	case *ast.Ident:
		target = f.Consumed[x]
	case *ast.FuncLit:
		target = f.Closures[x]
	}
	return target, target && f.Handled[x]
}

// finish reads the tests and resolves the calls by name. From here on, the package's assignments
// are those of its tests, too: domains read them before.
func (f *Names) finish() {
	if f.finished || f.Assignments == nil {
		return
	}
	f.finished = true
	f.ReadTests(f.p.Tests)
	f.resolveCalls()
	f.result.Names, f.result.Assignments = f.Names, f.Assignments
	f.result.Program = f.program()
	f.result.unconventional = f.wiring.Unconventional
}

func (f *Names) explain(n *callgraph.Node) []string {
	var lines []string
	for _, fw := range f.Forwards[n.Fn] {
		lines = append(lines, fmt.Sprintf("registers or executes its parameter %d", fw.Param))
	}
	return lines
}

// InAction returns what was found in a package by the result of the analyzer that reads the
// program; nil for a package that was not read.
func InAction(result any) *Result {
	if r, ok := result.(*callgraph.Result); ok {
		return In(r)
	}
	return nil
}

// IsNamedWorkflow reports whether a function is a workflow by its name and results.
func IsNamedWorkflow(fn *types.Func) bool { return namedWorkflow(fn) }
