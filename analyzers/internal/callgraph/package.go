// Package callgraph computes for every function of a program what it ends up doing: the
// effects that it has, itself or through calls, with the shortest chain of calls to each.
//
// Most of what a rule looks for is not in the function that matters; it is calls away, in
// other packages, and often behind an interface. So a graph of references is built from
// syntax and types and solved, callees first, and the result is handed on as facts: a
// summary of each function that does something of interest, and the wiring of the package,
// which says what flows into interfaces and which roots still wait for that. Where a root's
// open call meets a binding that resolves it, a chain closes, in the package that sees both.
//
// What an effect is, what hides one and where a program starts is not known here: domains
// say it (see [Domain]).
package callgraph

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/bindings"
	"github.com/mediacloud/mcwflint/analyzers/internal/codec"
	"github.com/mediacloud/mcwflint/analyzers/internal/facts"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/syntax"
)

// A Package is one package while it is read.
type Package struct {
	Pass    *analysis.Pass
	Info    *types.Info
	Files   []*ast.File // of the program
	Tests   []*ast.File // tests start and bind nothing, and what they do is no root's doing
	Testing bool        // the package imports testing: it starts and binds nothing
	Nodes   []*Node

	directives *report.DirectiveSet
	used       map[*report.Directive]facts.Kind
	ignored    map[string][]*report.Directive
	isRead     map[*types.Package]bool
	generated  map[*token.File]bool // of the program's files
	byFn       map[*types.Func]*Node
	byLit      map[*ast.FuncLit]*Node
	byVar      map[*types.Var]*Node
	params     map[*types.Var]param
	sites      map[string]*Site // by the ID of the effect

	imported  map[types.Object]*facts.Function
	summaries map[[2]any]any                   // see SummaryOf
	sections  map[types.Object][]codec.Section // of objects that are not functions
	wiring    *facts.Package                   // of the imports
	via       map[bindings.Bind]token.Pos      // the import that brings a binding
	flow      *bindings.Collector              // of the package itself

	closer *closer
	bound  *facts.Links // see Types
	kept   []string     // see Keep
	handed []*Root      // see forward
	chains []Chain
	roles  map[string][]string // by key, for explanations

	atStart, notOfHandlers, all facts.Kind

	// The domains, and their hooks in the order of the domains.
	domains   []*opened
	targets   []func(ast.Node) (target, handler bool)
	enter     []func(*Node)
	visit     []func(*Node, ast.Node, []ast.Node)
	leave     []func(*Node)
	sinks     []func(*Node, *Reference) bool
	maskOpens []func(string, types.Type) facts.Kind
	passes    []func(*Node, *Edge, *facts.Effect) bool
}

// opened is a domain that reads the package.
type opened struct {
	*Domain
	reader any
	hooks  Hooks
}

// Analyze reads a package and exports its facts. With explain the result keeps what
// [Result.Explain] needs, which is most of what was read.
func Analyze(pass *analysis.Pass, explain bool) *Result {
	p := &Package{
		Pass:       pass,
		Info:       pass.TypesInfo,
		directives: pass.ResultOf[report.Directives].(*report.DirectiveSet),
		used:       make(map[*report.Directive]facts.Kind),
		ignored:    make(map[string][]*report.Directive),
		isRead:     make(map[*types.Package]bool),
		generated:  make(map[*token.File]bool),
		byFn:       make(map[*types.Func]*Node),
		byLit:      make(map[*ast.FuncLit]*Node),
		byVar:      make(map[*types.Var]*Node),
		params:     make(map[*types.Var]param),
		sites:      make(map[string]*Site),
		imported:   make(map[types.Object]*facts.Function),
		summaries:  make(map[[2]any]any),
		sections:   make(map[types.Object][]codec.Section),
		via:        make(map[bindings.Bind]token.Pos),
		roles:      make(map[string][]string),

		atStart:       facts.KindsThat(func(k *facts.KindInfo) bool { return k.AtStart }),
		notOfHandlers: facts.KindsThat(func(k *facts.KindInfo) bool { return !k.InHandlers }),
		all:           facts.KindsThat(func(*facts.KindInfo) bool { return true }),
	}
	result := &Result{Used: p.used, ignored: p.ignored, of: make(map[*Domain]any)}
	if explain {
		result.p = p
	}
	p.flow = bindings.New(p.Info, pass.Pkg)
	p.flow.ParamOf, p.flow.ImportedResults = p.ParamOf, p.importedResults
	p.flow.Imported = func(fn *types.Func) []bindings.Store { return p.factOf(fn).Stores }
	p.open()
	p.readImports()
	if len(pass.TypeErrors) > 0 {
		// What the imports say is still true for those who import this package.
		p.wiring.Broken = true
		p.exportWiring(p.wiring)
		return result
	}
	p.readFiles()
	p.flow.Files = p.Files
	p.declare()
	p.each(func(h *Hooks) func() { return h.Prepare })
	p.build()
	p.each(func(h *Hooks) func() { return h.Summarize })
	p.solve()
	if p.refine() {
		p.solve()
	}
	p.exportFunctions()
	p.close()
	for _, d := range p.domains {
		if d.hooks.Result != nil {
			result.of[d.Domain] = d.hooks.Result()
		}
	}
	result.Chains = p.chains
	return result
}

// open opens the domains.
func (p *Package) open() {
	for _, d := range domains {
		o := &opened{Domain: d}
		p.domains = append(p.domains, o)
		o.reader, o.hooks = d.open(p)
		h := &o.hooks
		p.targets = appendHook(p.targets, h.Target, h.Target != nil)
		p.enter = appendHook(p.enter, h.Enter, h.Enter != nil)
		p.visit = appendHook(p.visit, h.Visit, h.Visit != nil)
		p.leave = appendHook(p.leave, h.Leave, h.Leave != nil)
		p.sinks = appendHook(p.sinks, h.Sink, h.Sink != nil)
		p.maskOpens = appendHook(p.maskOpens, h.MaskOpen, h.MaskOpen != nil)
		p.passes = appendHook(p.passes, h.Passes, h.Passes != nil)
	}
}

func appendHook[F any](list []F, f F, set bool) []F {
	if set {
		list = append(list, f)
	}
	return list
}

// each runs a hook of every domain.
func (p *Package) each(hook func(*Hooks) func()) {
	for _, d := range p.domains {
		if run := hook(&d.hooks); run != nil {
			run()
		}
	}
}

// refine lets the domains add what they only know once the graph is solved.
func (p *Package) refine() bool {
	changed := false
	for _, d := range p.domains {
		if d.hooks.Solved != nil {
			changed = d.hooks.Solved() || changed
		}
	}
	return changed
}

// Reader returns what a domain reads of this package.
func (p *Package) Reader(d *Domain) any {
	for _, o := range p.domains {
		if o.Domain == d {
			return o.reader
		}
	}
	return nil
}

// Flow returns where the package's bindings are collected.
func (p *Package) Flow() *bindings.Collector { return p.flow }

// readFiles sorts the files.
func (p *Package) readFiles() {
	for _, f := range p.Pass.Files {
		tf := p.Pass.Fset.File(f.FileStart)
		if tf == nil {
			continue
		}
		if strings.HasSuffix(tf.Name(), "_test.go") {
			p.Tests = append(p.Tests, f)
			continue
		}
		p.Testing = p.Testing || syntax.Imports(f, "testing")
		p.generated[tf] = report.IsGenerated(f, tf.Name())
		if !report.IsInert(f, tf.Name()) {
			p.Files = append(p.Files, f)
		}
	}
	p.flow.Testing = p.Testing
}

// Generated reports whether a position is in a generated file.
func (p *Package) Generated(pos token.Pos) bool { return p.generated[p.Pass.Fset.File(pos)] }

// InProgram reports whether a position is in one of Files.
func (p *Package) InProgram(pos token.Pos) bool {
	_, ok := p.generated[p.Pass.Fset.File(pos)]
	return ok
}

// A Place is a position that other packages can name.
type Place = report.Place

// PlaceOf is the place of a position in this package.
func (p *Package) PlaceOf(pos token.Pos) Place {
	return report.PlaceOf(p.Pass, keys.Path(p.Pass.Pkg), pos)
}

// IsRead reports whether the functions of a package have been read: this one, or one whose facts
// are here, which are those of direct imports: no driver is to know more than another. What those
// do not say they do, they do not.
func (p *Package) IsRead(pkg *types.Package) bool {
	read, known := p.isRead[pkg]
	if !known {
		var w facts.Package
		if read = pkg == p.Pass.Pkg; !read && slices.Contains(p.Pass.Pkg.Imports(), pkg) && p.Pass.ImportPackageFact(pkg, &w) {
			w.Load()
			read = w.Version != 0 && !w.Broken
		}
		p.isRead[pkg] = read
	}
	return read
}

// FindFunc returns the function with a key that starts with "c:", if its package is
// among this one and all that it imports.
func (p *Package) FindFunc(key string) *types.Func {
	fn, _ := keys.FindObject(p.Pass.Pkg, key[len("c:"):]).(*types.Func)
	return fn
}
