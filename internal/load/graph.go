package load

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
)

// A graph says which packages of a program import which, by path.
type graph struct {
	imports  map[string][]string
	initial  map[string]bool     // matched by the patterns
	dirs     map[string]string   // of the program's own packages: of the patterns and below
	mentions map[string]bool     // a directive in a file that is no test, or imports that cannot be told
	unread   map[string][]string // files that are no tests and have not been looked at for directives
	tested   map[string]bool     // whether tests matter, of packages whose tests have been looked at
	empty    map[string]bool     // of the program's own: no files that are no tests
	own      []string            // modules of the program that have a version
	scanned  bool                // without the go command
}

func newGraph() *graph {
	return &graph{imports: make(map[string][]string), initial: make(map[string]bool), dirs: make(map[string]string), mentions: make(map[string]bool), unread: make(map[string][]string), tested: make(map[string]bool), empty: make(map[string]bool)}
}

// listed is the graph of the packages that the go command lists for the patterns, and of those
// below them.
func listed(roots []*packages.Package) *graph {
	g := newGraph()
	for _, root := range roots {
		g.initial[root.PkgPath] = true
	}
	local := make(map[string]bool)
	packages.Visit(roots, nil, func(pkg *packages.Package) {
		path := pkg.PkgPath
		for _, imp := range pkg.Imports {
			g.imports[path] = append(g.imports[path], imp.PkgPath)
		}
		if m := pkg.Module; m != nil && isLocal(m) {
			local[m.Path] = true
		}
		if g.initial[path] || inProgram(pkg) {
			g.dirs[path], g.empty[path] = pkg.Dir, len(pkg.GoFiles) == 0
		}
		if g.initial[path] {
			g.mentions[path], g.unread[path] = len(pkg.Errors) > 0, pkg.GoFiles
		}
	})
	g.own = slices.Sorted(maps.Keys(local))
	return g
}

// isLocal reports whether a module is replaced by a folder: then it is the program's, although it
// has a version.
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
func (g *graph) related(tests bool) []string {
	users := make(map[string]bool) // of the SDK, directly or not
	var uses func(path string) bool
	uses = func(path string) bool {
		if known, ok := users[path]; ok {
			return known
		}
		users[path] = strings.HasPrefix(path, sdkPath)
		users[path] = users[path] || slices.ContainsFunc(g.imports[path], uses)
		return users[path]
	}
	below := make(map[string]bool)
	var visit func(path string)
	visit = func(path string) {
		if _, own := g.dirs[path]; own && !below[path] {
			below[path] = true
			for _, imp := range g.imports[path] {
				visit(imp)
			}
		}
	}
	for path := range g.dirs {
		if uses(path) || g.mentions[path] || slices.ContainsFunc(g.unread[path], hasDirective) || tests && g.initial[path] && g.testsMatter(path) {
			visit(path)
		}
	}
	return slices.Sorted(maps.Keys(below))
}

// unlistedShare is the share of a program's packages above which all are loaded: their names on
// the command line cost more than what is not loaded saves.
const unlistedShare = 0.8

// matchesMost reports whether the patterns match no more than what is to be loaded, and a little.
func (g *graph) matchesMost(paths []string) bool {
	return g.scanned && len(g.dirs) == len(g.initial) && float64(len(paths)) >= unlistedShare*float64(len(g.dirs))
}
