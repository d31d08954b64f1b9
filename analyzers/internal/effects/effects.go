// Package effects computes for every function what it ends up doing: the INSERTs
// it runs, whether it ends the process, connects with its own retries or dials a
// Temporal client, with the shortest chain of calls to each.
//
// Most violations are not in the activity; they are calls away, in other
// packages, and often behind an interface. So the analyzer builds a graph of
// references from syntax and types, solves it, and hands the result on as facts:
// one on each function that does something of interest, and one on the package,
// the wiring, which says what flows into interfaces and which activities still
// wait for that. Where an activity's open call meets a binding that resolves it,
// a chain closes, and that package reports it.
//
// It is the only analyzer with facts. The rules read its [Result].
package effects

import (
	"flag"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mediacloud/mcwflint/analyzers/internal/report"
	"github.com/mediacloud/mcwflint/analyzers/internal/roles"
	"github.com/mediacloud/mcwflint/analyzers/internal/sqltext"
)

// Analyzer computes effects. It reports nothing itself.
var Analyzer = &analysis.Analyzer{
	Name:             "mcwfeffects",
	Doc:              "compute what every function ends up doing, for the rules of mcwflint\n\nIt reports nothing itself.",
	URL:              "https://github.com/mediacloud/mcwflint",
	Requires:         []*analysis.Analyzer{report.Directives},
	Run:              run,
	RunDespiteErrors: true,
	FactTypes:        []analysis.Fact{new(function), new(wiring)},
	ResultType:       reflect.TypeFor[*Result](),
	Flags:            flags(),
}

// Settings change facts, so they are flags: the caches of go vet and golangci-lint
// know flags. They are read-only once analysis has started.
var Settings struct {
	// Own holds prefixes of the paths of modules that are part of the program
	// although they have a version, such as a company's shared modules.
	Own List
	// Connect names functions, as "path/to/pkg.Func" or "path/to/pkg.Type.Method",
	// that retry and then end the process.
	Connect List
	// Limit is the number of activities that a run of a workflow may have.
	Limit int
	// Counters also finds INSERTs whose conflict clause adds to the row that is
	// there.
	Counters bool
}

// DefaultLimit is the limit of Media Cloud's guide: each activity adds at least three
// events to a history, which the server ends above 51,200 and warns of at 10,240.
const DefaultLimit = 1000

// Explaining keeps what Explain needs, which is most of what a run computes. It is
// set before analysis starts.
var Explaining bool

// Everything makes every package worth the work, the standard library's too. It is for
// programs that try the rules on code of others, and set before analysis starts.
var Everything bool

// A List is a flag of values with commas between them.
type List []string

func (l *List) String() string { return strings.Join(*l, ",") }

// Get returns a []string.
func (l *List) Get() any { return []string(*l) }

// Set replaces the list.
func (l *List) Set(s string) error {
	*l = nil
	for _, v := range strings.Split(s, ",") {
		if v = strings.TrimSpace(v); v != "" {
			*l = append(*l, v)
		}
	}
	return nil
}

func flags() flag.FlagSet {
	Settings.Limit = DefaultLimit
	fs := flag.NewFlagSet("mcwfeffects", flag.ExitOnError)
	fs.Var(&Settings.Own, "own", "prefixes of `module` paths that are part of the program although they have a version, with commas between them")
	return *fs
}

// Worth reports whether the module of a package is part of the program. It is a
// function of package and flags alone: results are cached.
func Worth(path string, module *analysis.Module) bool {
	if Everything {
		return true
	}
	if isStd(path) {
		return false
	}
	name := path
	if module != nil {
		if module.Version == "" {
			return true
		}
		name = module.Path
	} else if len(Settings.Own) == 0 {
		return true
	}
	for _, prefix := range Settings.Own {
		if name == prefix || strings.HasPrefix(name, strings.TrimSuffix(prefix, "/")+"/") {
			return true
		}
	}
	return false
}

// A Chain is one effect that activities, workflows or handlers reach, closed in
// this package.
type Chain struct {
	Kind     Kind
	Effect   *Effect
	Pos, End token.Pos // where to report it
	Hops     []string  // shortened for display; the first is the root
	Roots    int       // how many activities reach the effect
	Root     RootKind
	Here     bool          // the effect stands at Pos
	Related  token.Pos     // where the effect stands, if that is known
	Literal  *ast.BasicLit // the SQL text, if a clause can be appended to it
	Call     *ast.CallExpr // the call that is the effect, if it is in this package
	Inner    token.Pos     // of a loop of this package: the innermost call here that leads to an activity
}

// RootKind says what reaches an effect.
type RootKind int

const (
	ActivityRoot RootKind = iota
	WorkflowRoot
	HandlerRoot
	LoopRoot // a loop over work, in no particular root
)

// A Result is what the rules read.
type Result struct {
	Chains []Chain
	// Used holds the directives that silence an effect where it stands.
	Used map[*report.Directive]Kind

	// Options are activity options without a retry policy.
	Options []BareOptions
	// Mcerror: the package or one below it uses the runtime's errors.
	Mcerror bool
	// Mixed are the workers that run both workflows and activities.
	Mixed []MixedWorker
	// Calls are the calls that register, execute or mock a target, tests included.
	Calls []Call
	// Names are the names registered here.
	Names []roles.Name
	// Meetings are calls by name of packages below that met their registration here.
	Meetings []Meeting
	*roles.Assignments

	p *pkg // for explanations only: with it, all that was read would stay in memory
}

// pkg is one package while it is read.
type pkg struct {
	pass    *analysis.Pass
	info    *types.Info
	finder  *roles.Finder
	text    *sqltext.Evaluator
	set     *report.DirectiveSet
	files   map[*token.File]*fileInfo
	nodes   []*node
	byFn    map[*types.Func]*node
	byLit   map[*ast.FuncLit]*node
	byVar   map[*types.Var]*node
	testing bool // the package imports testing: it binds and starts nothing
	tests   []*ast.File

	imported  map[types.Object]*function
	binds     map[bind]token.Pos // the package's own
	boundTo   []boundFunc
	wiring    *wiring            // of the imports
	via       map[bind]token.Pos // the import that brings a binding
	sites     map[string]*site   // the package's own effects by ID
	dups      *duplicates
	fromTx    map[*node]map[types.Object]types.Object // see madeFromTx
	upserts   map[*types.Func]bool                    // see namesOnConflict
	unclaused map[*types.Var]bool                     // see runsWithoutConflict
	selected  map[token.Pos]span                      // see noteSelection
	inTables  map[token.Pos][]token.Pos               // where package variables have an INSERT's text
	used      map[*report.Directive]Kind
	local     []*ast.CallExpr // calls of functions of this package
	chains    []Chain
	closer    *closer
	rolesOf   map[string][]string // by key, for explanations
	tallies   map[*node]*tally
	bare      []BareOptions
	mixed     []MixedWorker
	fills     map[types.Object]bool // see filled
}

type fileInfo struct {
	ast       *ast.File
	generated bool
}

func run(pass *analysis.Pass) (any, error) {
	result := &Result{Used: make(map[*report.Directive]Kind)}
	if len(pass.Files) == 0 || !Worth(pkgPath(pass.Pkg), pass.Module) || strings.HasSuffix(pass.Pkg.Path(), ".test") {
		return result, nil
	}
	p := &pkg{
		pass:      pass,
		info:      pass.TypesInfo,
		set:       pass.ResultOf[report.Directives].(*report.DirectiveSet),
		files:     make(map[*token.File]*fileInfo),
		byFn:      make(map[*types.Func]*node),
		byLit:     make(map[*ast.FuncLit]*node),
		byVar:     make(map[*types.Var]*node),
		imported:  make(map[types.Object]*function),
		binds:     make(map[bind]token.Pos),
		via:       make(map[bind]token.Pos),
		sites:     make(map[string]*site),
		used:      result.Used,
		rolesOf:   make(map[string][]string),
		fromTx:    make(map[*node]map[types.Object]types.Object),
		upserts:   make(map[*types.Func]bool),
		unclaused: make(map[*types.Var]bool),
		selected:  make(map[token.Pos]span),
		inTables:  make(map[token.Pos][]token.Pos),
	}
	if Explaining {
		result.p = p
	}
	p.readImports()
	if len(pass.TypeErrors) > 0 {
		// What the imports say is still true for those who import this package.
		pass.ExportPackageFact(p.wiring)
		return result, nil
	}
	files := p.programFiles()
	p.text = sqltext.NewEvaluator(p.info, files)
	p.text.Imported = p.importedText
	p.finder = &roles.Finder{
		Info:     p.info,
		Pkg:      pass.Pkg,
		Imported: func(fn *types.Func) []roles.Forward { return p.factOf(fn).Forwards },
		Keys:     roles.Keys{Var: varKey, Field: fieldKey, Result: resultKey},
	}
	p.finder.Find(files)
	p.dups = findDuplicates(p, files)
	p.build(files)
	p.findDeletions()
	p.countInvocations()
	p.findOptions()
	p.findWorkers(files)
	p.solve()
	p.findConnectLoops()
	p.exportFunctions()
	p.finder.ReadTests(p.tests)
	p.resolveCalls(result)
	p.close(files)
	result.Mcerror = p.wiring.Mcerror
	result.Chains, result.Options, result.Mixed = p.chains, p.bare, p.mixed
	result.Names, result.Assignments = p.finder.Names, p.finder.Assignments
	return result, nil
}

// programFiles returns the files that are part of the program: tests start and
// bind nothing, and what they do is no activity's doing.
func (p *pkg) programFiles() []*ast.File {
	var files []*ast.File
	for _, f := range p.pass.Files {
		tf := p.pass.Fset.File(f.FileStart)
		if tf == nil {
			continue
		}
		if strings.HasSuffix(tf.Name(), "_test.go") {
			p.tests = append(p.tests, f)
			continue
		}
		for _, imp := range f.Imports {
			if imp.Path.Value == `"testing"` {
				p.testing = true
			}
		}
		p.files[tf] = &fileInfo{ast: f, generated: report.IsGenerated(f, tf.Name())}
		files = append(files, f)
	}
	return files
}

func (p *pkg) generatedAt(pos token.Pos) bool {
	info := p.files[p.pass.Fset.File(pos)]
	return info != nil && info.generated
}

// place is the file and line of a position, for people.
func (p *pkg) place(pos token.Pos) string {
	at := p.pass.Fset.Position(pos)
	return filepath.Base(at.Filename) + ":" + strconv.Itoa(at.Line)
}

// factOf returns the fact of a function or variable of another package; never nil.
func (p *pkg) factOf(fn types.Object) *function {
	if f, ok := p.imported[fn]; ok {
		return f
	}
	f := new(function)
	if fn.Pkg() != nil && fn.Pkg() != p.pass.Pkg && !isStd(fn.Pkg().Path()) {
		p.pass.ImportObjectFact(fn, f)
		if f.raw != nil {
			f.decode()
		}
		if f.Version != factVersion {
			*f = function{}
		}
	}
	p.imported[fn] = f
	return f
}

func (p *pkg) importedText(fn *types.Func, i int) []string {
	for _, t := range p.factOf(fn).Texts {
		if t.Index == i {
			return t.Texts
		}
	}
	return nil
}
