// Package commands reads what the workflows of a program tell Temporal to do, and compares two
// revisions of it: what running executions have in their histories must be what the new code
// does when it replays them.
package commands

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/messages"
	"github.com/mediacloud/mcwflint/analyzers/internal/domains/names"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/sdk"
)

// A Program is one revision, with what it registers.
type Program struct {
	Fset      *token.FileSet
	Workflows map[string]*Workflow // by registered name, else by function name
	// Activities by registered name, else by function name.
	Activities map[string]Activity
	// Handlers are what reads signals, queries and updates, by kind and name: "signal approve".
	// Several of a name that read different types have no type here.
	Handlers map[string]messages.Handler
	Sends    map[string]bool // the messages that are sent, by kind and name
	// OpenWorkflows and OpenActivities: it registers some that are not known.
	OpenWorkflows, OpenActivities bool

	starts     []start
	workers    []worker
	directives []*report.DirectiveSet
	funcs      map[string]*function // by key
	inFile     map[string][]*function
	aliases    map[string]string   // registered name by key, if it is not the function's own
	implements map[string][]string // keys of methods by name
	giving     map[string]bool     // see gives
	values     map[string]initial  // of package variables, by key
	packages   map[string]bool     // by path
}

// An Activity is a function that is registered or executed.
type Activity struct {
	Sig        *types.Signature
	Pos        token.Pos
	Registered bool

	key, pkg string // of the function, if there is one
}

// A Workflow is a function that is registered, executed, or named like one.
type Workflow struct {
	Name string
	Sig  *types.Signature
	Pos  token.Pos
	// Registered: something registers it, so that its name is what executions have.
	Registered bool

	fn  *function // nil for a closure
	lit *ast.FuncLit
	in  *function // of the closure
}

type function struct {
	key  string
	fn   *types.Func
	decl *ast.FuncDecl
	info *types.Info
	pkg  *types.Package
}

// An initial is the value that a package variable is declared with.
type initial struct {
	in *function // the package
	x  ast.Expr
}

// Read reads a loaded program.
func Read(pkgs []*packages.Package) (*Program, error) {
	programs, err := ReadAll(pkgs)
	if err != nil {
		return nil, err
	}
	return programs[0], nil
}

// ReadAll reads loaded programs, and packages that several have in common once.
func ReadAll(programs ...[]*packages.Package) ([]*Program, error) {
	seen := make(map[*packages.Package]bool)
	var all []*packages.Package
	for _, pkgs := range programs {
		for _, pkg := range pkgs {
			if !seen[pkg] {
				seen[pkg] = true
				all = append(all, pkg)
			}
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{program.Analyzer}, all, nil)
	if err != nil {
		return nil, err
	}
	var list []*Program
	for _, pkgs := range programs {
		list = append(list, read(pkgs, graph))
	}
	return list, nil
}

// read reads the packages of one program, all of which have been analysed.
func read(pkgs []*packages.Package, graph *checker.Graph) *Program {
	p := &Program{
		Workflows: make(map[string]*Workflow), Activities: make(map[string]Activity), Handlers: make(map[string]messages.Handler), Sends: make(map[string]bool),
		funcs: make(map[string]*function), inFile: make(map[string][]*function), aliases: make(map[string]string), implements: make(map[string][]string), packages: make(map[string]bool), values: make(map[string]initial),
	}
	for _, pkg := range pkgs {
		p.Fset = pkg.Fset
		p.packages[pkg.PkgPath] = true
		p.directives = append(p.directives, report.ReadDirectives(pkg.Fset, pkg.Syntax))
		p.addFunctions(pkg)
	}
	below := make(map[*packages.Package]bool)
	packages.Visit(pkgs, nil, func(pkg *packages.Package) { below[pkg] = true })
	for act := range graph.All() {
		if act.Analyzer == program.Analyzer && act.Err == nil && below[act.Package] {
			p.addNames(act)
		}
	}
	p.addUnregistered()
	return p
}

func (p *Program) addFunctions(pkg *packages.Package) {
	for _, file := range pkg.Syntax {
		for _, decl := range file.Decls {
			fd, ok := decl.(*ast.FuncDecl)
			if !ok || fd.Body == nil {
				p.addValues(pkg, decl)
				continue
			}
			fn, ok := pkg.TypesInfo.Defs[fd.Name].(*types.Func)
			if !ok {
				continue
			}
			f := &function{keys.Func(fn), fn, fd, pkg.TypesInfo, pkg.Types}
			if p.funcs[f.key] == nil {
				p.funcs[f.key] = f
				name := p.Fset.Position(fd.Pos()).Filename
				p.inFile[name] = append(p.inFile[name], f)
				if fn.Signature().Recv() != nil {
					p.implements[fn.Name()] = append(p.implements[fn.Name()], f.key)
				}
			}
		}
	}
}

// addValues notes what package variables are declared with.
func (p *Program) addValues(pkg *packages.Package, decl ast.Decl) {
	gd, ok := decl.(*ast.GenDecl)
	if !ok || gd.Tok != token.VAR {
		return
	}
	in := &function{info: pkg.TypesInfo, pkg: pkg.Types}
	for _, spec := range gd.Specs {
		vs := spec.(*ast.ValueSpec)
		for i, name := range vs.Names {
			if v, ok := pkg.TypesInfo.Defs[name].(*types.Var); ok && i < len(vs.Values) && len(vs.Values) == len(vs.Names) {
				p.values[keys.Var(v)] = initial{in, vs.Values[i]}
			}
		}
	}
}

// addNames notes what a package registers and executes.
func (p *Program) addNames(act *checker.Action) {
	result := names.InAction(act.Result)
	if result == nil {
		return
	}
	p.addAround(act, result)
	p.addMessages(messages.InAction(act.Result))
	if in := result.Program; in != nil {
		p.OpenWorkflows, p.OpenActivities = p.OpenWorkflows || in.OpenWorkflows, p.OpenActivities || in.OpenActivities
	}
	for i := range result.Names {
		n := &result.Names[i]
		if n.Test {
			continue
		}
		if n.Fn != nil && n.Name != n.Fn.Name() && !n.Struct { // of a struct the SDK knows no other names
			p.aliases[keys.Func(n.Fn)] = n.Name
		}
		p.add(n.Name, n.Fn, n.Lit, n.Workflow, true, act.Package)
	}
	for i := range result.Calls {
		c := &result.Calls[i]
		if c.Test || c.Kind == sdk.Mock || c.Kind == sdk.Handle {
			continue
		}
		for _, t := range c.Targets {
			if t.Fn != nil {
				p.add(t.Fn.Name(), t.Fn, nil, c.Kind == sdk.ExecuteWorkflow || c.Kind == sdk.RegisterWorkflow, false, act.Package)
			}
		}
	}
}

// addMessages notes what a package sends and reads.
func (p *Program) addMessages(result *messages.Result) {
	for _, name := range result.Sent {
		p.Sends[name] = true
	}
	for _, h := range result.Handlers {
		key := h.Kind + " " + h.Name
		have, ok := p.Handlers[key]
		switch {
		case !ok:
			p.Handlers[key] = h
		case !sameTypes(have, h):
			have.Args, have.Result = nil, nil
			p.Handlers[key] = have
		}
	}
}

func sameTypes(a, b messages.Handler) bool {
	text := func(h messages.Handler) string {
		var all []string
		for _, t := range append(slices.Clone(h.Args), h.Result) {
			if t != nil {
				all = append(all, types.TypeString(t, nil))
			}
		}
		return strings.Join(all, ",")
	}
	return text(a) == text(b)
}

func (p *Program) add(name string, fn *types.Func, lit *ast.FuncLit, workflow, registered bool, pkg *packages.Package) {
	var sig *types.Signature
	var pos token.Pos
	switch {
	case fn != nil:
		sig, pos = fn.Signature(), fn.Pos()
		if alias := p.aliases[keys.Func(fn)]; alias != "" && !registered {
			name = alias
		}
	case lit != nil:
		sig, _ = pkg.TypesInfo.TypeOf(lit).(*types.Signature)
		pos = lit.Pos()
	}
	if sig == nil {
		return
	}
	if !workflow {
		have := p.Activities[name]
		if have.Sig == nil {
			have = Activity{Sig: sig, Pos: pos}
			if fn != nil && fn.Pkg() != nil {
				have.key, have.pkg = keys.Func(fn), fn.Pkg().Path()
			}
		}
		have.Registered = have.Registered || registered
		p.Activities[name] = have
		return
	}
	if have := p.Workflows[name]; have != nil {
		have.Registered = have.Registered || registered
		return
	}
	w := &Workflow{Name: name, Sig: sig, Pos: pos, Registered: registered, lit: lit}
	if fn != nil {
		w.fn = p.funcs[keys.Func(fn)]
		if w.fn != nil {
			w.Pos = w.fn.decl.Name.Pos()
		}
	} else {
		w.in = &function{info: pkg.TypesInfo, pkg: pkg.Types}
	}
	p.Workflows[name] = w
}

// addUnregistered adds the exported functions that are named like workflows and that nothing
// in the program registers.
func (p *Program) addUnregistered() {
	have := make(map[string]bool)
	for _, w := range p.Workflows {
		if w.fn != nil {
			have[w.fn.key] = true
		}
	}
	var all []string
	for key := range p.funcs {
		all = append(all, key)
	}
	sort.Strings(all)
	for _, key := range all {
		f := p.funcs[key]
		if have[key] || !names.IsNamedWorkflow(f.fn) || !sdk.IsWorkflowCode(f.fn.Signature()) || p.Workflows[f.fn.Name()] != nil {
			continue
		}
		p.Workflows[f.fn.Name()] = &Workflow{Name: f.fn.Name(), Sig: f.fn.Signature(), Pos: f.decl.Name.Pos(), fn: f}
	}
}

// IsOwn reports whether a package, by its path, is of the program.
func (p *Program) IsOwn(path string) bool { return p.packages[path] }

// Silences reports whether a directive in the program silences a rule at a position.
func (p *Program) Silences(rule string, pos token.Pos) bool {
	for _, set := range p.directives {
		if set.Match(rule, pos) != nil {
			return true
		}
	}
	return false
}

// Names are the names of the workflows, in order.
func (p *Program) Names() []string {
	var list []string
	for name := range p.Workflows {
		list = append(list, name)
	}
	sort.Strings(list)
	return list
}
