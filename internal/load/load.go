// Package load finds and loads the packages of a program that have to do with Temporal.
package load

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

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
// Which packages import what is known first: most of a large program has nothing to do with
// Temporal and is not loaded.
func Load(ctx context.Context, opts Options) (*Program, error) {
	config := packages.Config{Context: ctx, Dir: opts.Dir, Mode: listMode}
	if len(opts.Tags) > 0 {
		config.BuildFlags = []string{"-tags=" + strings.Join(opts.Tags, ",")}
	}
	g, ok := scanModule(opts)
	if !ok {
		roots, err := packages.Load(&config, opts.Patterns...)
		if err != nil {
			return nil, err
		}
		if err := check(roots, opts.Patterns); err != nil {
			return nil, err
		}
		g = listed(roots)
	}
	analyzers.AddOwn(g.own)
	return g.load(config, opts)
}

// load loads the packages of the patterns and below that have to do with Temporal.
func (g *graph) load(config packages.Config, opts Options) (*Program, error) {
	p := &Program{Matched: make(map[string]bool)}
	paths := g.related(opts.Tests)
	idle := g.idleTests(paths)
	for path := range g.initial {
		if _, related := slices.BinarySearch(paths, path); !related {
			p.Unrelated++
		}
	}
	switch {
	case len(paths) == 0:
		return p, nil
	case slices.Contains(paths, "command-line-arguments"): // files, not packages
		paths, idle = opts.Patterns, nil
	case g.matchesMost(paths):
		paths, p.Unrelated = opts.Patterns, 0
	}
	config.Mode, config.Tests = loadMode, opts.Tests
	if opts.Tests && len(idle) > 0 && mayHide() {
		flag, remove, err := hide(idle)
		if err != nil {
			return nil, err
		}
		defer remove()
		config.BuildFlags = append(config.BuildFlags, flag)
	}
	pkgs, err := packages.Load(&config, paths...)
	if err != nil {
		return nil, err
	}
	if err := check(pkgs, opts.Patterns); err != nil {
		return nil, err
	}
	for _, pkg := range pkgs {
		if g.initial[pathOf(pkg)] {
			p.Matched[pkg.ID] = true
		}
	}
	p.Packages = withoutTestMains(pkgs)
	return p, nil
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
