// Package load finds and loads the packages of a program that have to do with Temporal.
package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
)

const (
	listMode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule
	loadMode = packages.LoadSyntax | packages.NeedModule
)

// Options say what to load.
type Options struct {
	Dir      string   // working directory of the go command; "" is the current one
	Patterns []string // as for go list; none means the package in Dir
	Tests    bool     // also load tests
	Tags     []string // build tags
}

// A Program is what was loaded.
type Program struct {
	Packages  []*packages.Package
	Matched   map[string]bool // by the patterns; by ID
	Unrelated int             // packages that the patterns match and that were not loaded
}

// ErrNoPackages says that the patterns match nothing.
var ErrNoPackages = errors.New("no packages match")

// Load finds the packages of the patterns, and of the program's own code below
// them: a chain that starts in ./cmd/worker ends in packages that the pattern does
// not match. Everything else comes from compiled export data.
//
// The go command lists the packages first, which parses nothing but imports: most of a
// large program has nothing to do with Temporal and is not loaded.
func Load(ctx context.Context, opts Options) (*Program, error) {
	config := packages.Config{Context: ctx, Dir: opts.Dir, Mode: listMode}
	if len(opts.Tags) > 0 {
		config.BuildFlags = []string{"-tags=" + strings.Join(opts.Tags, ",")}
	}
	if s, ok := scanModule(opts); ok {
		paths, unrelated := s.related(opts.Tests)
		if float64(len(paths)) >= unlistedShare*float64(len(s.dirs)) {
			return loadAll(config, opts)
		}
		matched := func(pkg *packages.Package) bool { return s.dirs[pathOf(pkg)] != "" }
		return loadPaths(config, opts, paths, unrelated, matched)
	}
	roots, err := packages.Load(&config, opts.Patterns...)
	if err != nil {
		return nil, err
	}
	if err := check(roots, opts.Patterns); err != nil {
		return nil, err
	}
	l := newListing(roots)
	analyzers.AddOwn(l.own())
	paths, unrelated := l.related(opts.Tests)
	return loadPaths(config, opts, paths, unrelated, func(pkg *packages.Package) bool { return l.initial[pathOf(pkg)] })
}

// loadPaths loads the related packages of the patterns and below.
func loadPaths(config packages.Config, opts Options, paths []string, unrelated int, matched func(*packages.Package) bool) (*Program, error) {
	p := &Program{Matched: make(map[string]bool), Unrelated: unrelated}
	if len(paths) == 0 {
		return p, nil
	}
	if slices.Contains(paths, "command-line-arguments") { // files, not packages
		paths = opts.Patterns
	}
	config.Mode, config.Tests, config.ParseFile = loadMode, opts.Tests, parseMatching()
	pkgs, err := packages.Load(&config, paths...)
	if err != nil {
		return nil, err
	}
	for _, pkg := range pkgs {
		if matched(pkg) {
			p.Matched[pkg.ID] = true
		}
	}
	p.Packages = withoutTestMains(pkgs)
	return p, nil
}

// loadAll loads what the patterns match.
func loadAll(config packages.Config, opts Options) (*Program, error) {
	config.Mode, config.Tests = loadMode, opts.Tests
	pkgs, err := packages.Load(&config, opts.Patterns...)
	if err != nil {
		return nil, err
	}
	if err := check(pkgs, opts.Patterns); err != nil {
		return nil, err
	}
	p := &Program{Packages: withoutTestMains(pkgs), Matched: make(map[string]bool)}
	for _, pkg := range pkgs {
		p.Matched[pkg.ID] = true
	}
	return p, nil
}

// A listing is what the go command says of the packages of the patterns and below.
type listing struct {
	initial map[string]bool // paths that the patterns match
	all     map[string][]*packages.Package
	roots   []*packages.Package
}

func newListing(roots []*packages.Package) *listing {
	l := &listing{initial: make(map[string]bool), all: make(map[string][]*packages.Package), roots: roots}
	for _, root := range roots {
		l.initial[pathOf(root)] = true
	}
	packages.Visit(roots, nil, func(pkg *packages.Package) { l.all[pathOf(pkg)] = append(l.all[pathOf(pkg)], pkg) })
	return l
}

// pathOf is the path of the package that a test variant, a test package or a test program
// belongs to.
func pathOf(pkg *packages.Package) string {
	path, _, _ := strings.Cut(pkg.ID, " ")
	if strings.HasSuffix(path, ".test") {
		return strings.TrimSuffix(path, ".test")
	}
	if strings.HasSuffix(pkg.Name, "_test") {
		return strings.TrimSuffix(path, "_test")
	}
	return path
}

// own are the modules that are replaced by local ones but have a version.
func (l *listing) own() []string {
	found := make(map[string]bool)
	for _, variants := range l.all {
		if m := variants[0].Module; m != nil && isLocal(m) {
			found[m.Path] = true
		}
	}
	var own []string
	for path := range found {
		own = append(own, path)
	}
	sort.Strings(own)
	return own
}

func isLocal(m *packages.Module) bool { return m.Replace != nil && m.Replace.Version == "" }

// inProgram reports whether the module of a package is part of the program.
func inProgram(pkg *packages.Package) bool {
	m := pkg.Module
	if m == nil {
		return false
	}
	if isLocal(m) || m.Version == "" {
		return true
	}
	return slices.ContainsFunc(analyzers.Own(), func(prefix string) bool {
		return m.Path == prefix || strings.HasPrefix(m.Path, strings.TrimSuffix(prefix, "/")+"/")
	})
}

// related are the paths of the program's packages that have to do with Temporal: that use the
// SDK, directly or not, or are used by one that does. Of the others only comments can matter:
// those with a directive are related as well, and those whose tests import the SDK, or whose
// imports the go command cannot tell.
func (l *listing) related(tests bool) (paths []string, unrelated int) {
	uses := make(map[*packages.Package]bool)
	below := make(map[string]bool)
	packages.Visit(l.roots, nil, func(pkg *packages.Package) { // imports first
		uses[pkg] = strings.HasPrefix(pkg.PkgPath, "go.temporal.io/sdk")
		for _, imp := range pkg.Imports {
			uses[pkg] = uses[pkg] || uses[imp]
		}
	})
	own := func(pkg *packages.Package) bool { return l.initial[pathOf(pkg)] || inProgram(pkg) }
	visited := make(map[*packages.Package]bool)
	var visit func(pkg *packages.Package)
	visit = func(pkg *packages.Package) {
		if visited[pkg] || !own(pkg) {
			return
		}
		visited[pkg], below[pathOf(pkg)] = true, true
		for _, imp := range pkg.Imports {
			visit(imp)
		}
	}
	for _, variants := range l.all {
		for _, pkg := range variants {
			if uses[pkg] || l.initial[pathOf(pkg)] && (len(pkg.Errors) > 0 || mentions(pkg, tests)) {
				visit(pkg)
			}
		}
	}
	for path := range below {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for path := range l.initial {
		if !below[path] {
			unrelated++
		}
	}
	return paths, unrelated
}

// mentions reports whether a file of a package has a directive, or a test imports the SDK.
func mentions(pkg *packages.Package, tests bool) bool {
	return slices.ContainsFunc(pkg.GoFiles, func(name string) bool { return has(name, directiveText) }) || tests && pkg.Dir != "" && testsMatter(pkg.Dir)
}

const directiveText = "//mcwflint:"

// has reports whether a file has a text.
func has(name, text string) bool {
	data, err := os.ReadFile(name)
	return err == nil && bytes.Contains(data, []byte(text))
}

// testsMatter reports whether a test in a folder has a directive, or imports the SDK.
func testsMatter(dir string) bool {
	names, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
	return slices.ContainsFunc(names, func(name string) bool { return has(name, "\"go.temporal.io/sdk/") || has(name, directiveText) })
}

// parseMatching parses files, of the tests in a folder where none matters their package clauses
// alone: most of a program's tests have nothing to do with Temporal, and what they use need not
// be checked.
func parseMatching() func(fset *token.FileSet, filename string, src []byte) (*ast.File, error) {
	var folders sync.Map // func() bool, by folder
	return func(fset *token.FileSet, filename string, src []byte) (*ast.File, error) {
		mode := parser.AllErrors | parser.ParseComments
		if strings.HasSuffix(filename, "_test.go") {
			dir := filepath.Dir(filename)
			matter, _ := folders.LoadOrStore(dir, sync.OnceValue(func() bool { return testsMatter(dir) }))
			if !matter.(func() bool)() {
				mode = parser.PackageClauseOnly
			}
		}
		return parser.ParseFile(fset, filename, src, mode)
	}
}

// check turns what go list says about the patterns themselves into an error.
func check(pkgs []*packages.Package, patterns []string) error {
	if len(pkgs) == 0 {
		return fmt.Errorf("%w %s", ErrNoPackages, strings.Join(patterns, " "))
	}
	for _, pkg := range pkgs {
		if len(pkg.Errors) == 0 || len(pkg.GoFiles)+len(pkg.OtherFiles)+len(pkg.IgnoredFiles) > 0 {
			return nil
		}
	}
	// Every package is only an error: no module, no such directory.
	first, _ := firstError(pkgs[0].Errors)
	return errors.New(first)
}

// withoutTestMains drops the programs that go test generates.
func withoutTestMains(pkgs []*packages.Package) []*packages.Package {
	var kept []*packages.Package
	for _, pkg := range pkgs {
		if pkg.Name != "main" || !strings.HasSuffix(pkg.ID, ".test") {
			kept = append(kept, pkg)
		}
	}
	return kept
}
