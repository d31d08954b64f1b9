package compat

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A change mostly is in a few packages. Those that are the same at both revisions, with all that
// they import, are loaded once: of the old revision only the others are parsed and checked, with
// the types of the new one below them. Where that cannot be known to be the same as loading the
// old revision by itself, it is loaded by itself.

// errAlone says that the old revision is to be loaded by itself.
var errAlone = errors.New("the old revision is to be loaded by itself")

// A sharer makes the packages of the old revision of those of the new one.
type sharer struct {
	top  string // of the new revision
	old  *Checkout
	tags []string

	known map[string]*packages.Package // all that is imported, by path, with types
	next  map[string]*packages.Package // the packages of the program, by path
	made  map[string]*packages.Package // those of the old revision
	files map[string][]string          // their files at the old revision, without folders
	same  map[string]bool              // whether its files are those of the old revision
	dirs  map[string]string            // paths of packages, by their folder below the top
}

// share returns the packages of the old revision, of which the unchanged ones are those of the
// new one, or errAlone.
func share(top string, old *Checkout, tags []string, pkgs []*packages.Package) ([]*packages.Package, error) {
	s := &sharer{
		top: top, old: old, tags: tags, known: make(map[string]*packages.Package),
		next: make(map[string]*packages.Package), made: make(map[string]*packages.Package), files: make(map[string][]string), same: make(map[string]bool), dirs: make(map[string]string),
	}
	packages.Visit(pkgs, nil, func(pkg *packages.Package) {
		if pkg.Types != nil && pkg.Types.Complete() {
			s.known[pkg.PkgPath] = pkg
		}
	})
	for _, pkg := range pkgs {
		s.next[pkg.PkgPath] = pkg
	}
	if err := s.compareTrees(); err != nil {
		return nil, err
	}
	var list []*packages.Package
	for _, path := range slices.Sorted(maps.Keys(s.next)) {
		pkg, err := s.of(path)
		if err != nil {
			return nil, err
		}
		if pkg != nil {
			list = append(list, pkg)
		}
	}
	return list, nil
}

// compareTrees notes which packages have the same files at both revisions. Other modules, and
// packages that only one of the revisions has or relates to Temporal, want a load of their own.
func (s *sharer) compareTrees() error {
	modules := make(map[string]bool) // folders of the modules, and those above
	for path, pkg := range s.next {
		cgo := len(pkg.CompiledGoFiles) != len(pkg.GoFiles)
		if len(pkg.GoFiles) == 0 || cgo || pkg.Module == nil || pkg.Module.Dir == "" {
			return errAlone
		}
		rel, err := filepath.Rel(s.top, filepath.Dir(pkg.GoFiles[0]))
		if err != nil || !filepath.IsLocal(rel) {
			return errAlone
		}
		s.dirs[rel] = path
		s.addModule(modules, pkg.Module.Dir)
	}
	for dir := range modules {
		if rel, err := filepath.Rel(s.top, dir); err != nil || !s.sameModule(rel) {
			return errAlone
		}
	}
	for rel, path := range s.dirs {
		if err := s.compareLoaded(rel, path); err != nil {
			return err
		}
	}
	return s.compareOthers(modules)
}

// compareOthers looks at the other folders of the modules.
func (s *sharer) compareOthers(modules map[string]bool) error {
	return filepath.WalkDir(s.old.Root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.old.Root, name)
		if err != nil {
			return err
		}
		_, err = os.Stat(filepath.Join(name, "go.mod"))
		if other := err == nil && !modules[filepath.Join(s.top, rel)]; other || rel != "." && isOutside(d.Name()) {
			return fs.SkipDir
		}
		if _, loaded := s.dirs[rel]; loaded {
			return nil
		}
		return s.compareOther(name, rel)
	})
}

// isOutside reports whether the go command leaves a folder out.
func isOutside(base string) bool { return base == "testdata" || base[0] == '_' || base[0] == '.' }

func (s *sharer) addModule(modules map[string]bool, dir string) {
	for !modules[dir] {
		modules[dir] = true
		if dir == s.top || dir == filepath.Dir(dir) {
			return
		}
		dir = filepath.Dir(dir)
	}
}

// compareLoaded looks at the folder of a package that is loaded.
func (s *sharer) compareLoaded(rel, path string) (err error) {
	dir := filepath.Join(s.old.Root, rel)
	if s.files[path], err = s.list(dir); err != nil {
		return err
	}
	s.same[path] = s.sameFiles(s.next[path], dir)
	return nil
}

// sameModule reports whether a folder has the same module, or workspace, at both revisions.
func (s *sharer) sameModule(rel string) bool {
	for _, name := range []string{"go.mod", "go.sum", "go.work", "go.work.sum", filepath.Join("vendor", "modules.txt")} {
		if !sameContent(filepath.Join(s.old.Root, rel, name), filepath.Join(s.top, rel, name)) {
			return false
		}
	}
	return true
}

// list returns the Go files of a folder that belong to the build, without tests.
func (s *sharer) list(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, errAlone // the go command says what is wrong
	}
	context := build.Default
	context.BuildTags = s.tags
	var names []string
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		match, err := context.MatchFile(dir, e.Name())
		if err != nil {
			return nil, errAlone
		}
		if match {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// sameFiles reports whether a package has the same files in a folder of the old revision.
func (s *sharer) sameFiles(pkg *packages.Package, dir string) bool {
	return len(s.files[pkg.PkgPath]) == len(pkg.GoFiles) && !slices.ContainsFunc(pkg.GoFiles, func(file string) bool {
		return !sameContent(filepath.Join(dir, filepath.Base(file)), file)
	})
}

// sameContent reports whether two files are the same, or are both not there.
func sameContent(a, b string) bool {
	x, err1 := os.ReadFile(a)
	y, err2 := os.ReadFile(b)
	return (err1 == nil) == (err2 == nil) && bytes.Equal(x, y)
}

// compareOther looks at a folder whose package is not loaded: it must be the same at both
// revisions, or have had nothing to do with Temporal.
func (s *sharer) compareOther(dir, rel string) error {
	names, err := s.list(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		file := filepath.Join(dir, name)
		if sameContent(file, filepath.Join(s.top, rel, name)) {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return errAlone
		}
		for _, imp := range parsed.Imports {
			path, err := strconv.Unquote(imp.Path.Value)
			if err != nil || s.next[path] != nil || strings.HasPrefix(path, "go.temporal.io/sdk") {
				return errAlone
			}
		}
	}
	return nil
}

// of is a package of the old revision, nil if that does not have it.
func (s *sharer) of(path string) (*packages.Package, error) {
	if pkg, ok := s.made[path]; ok {
		return pkg, nil
	}
	next := s.next[path]
	if len(s.files[path]) == 0 {
		s.made[path] = nil
		return nil, nil
	}
	if s.same[path] {
		changed := false
		for imp := range next.Imports {
			if s.next[imp] == nil {
				continue
			}
			below, err := s.of(imp)
			if err != nil {
				return nil, err
			}
			changed = changed || below != s.next[imp]
		}
		if !changed {
			s.made[path] = next
			return next, nil
		}
	}
	return s.check(next)
}

// check parses and checks a package of the old revision.
func (s *sharer) check(next *packages.Package) (*packages.Package, error) {
	rel, err := filepath.Rel(s.top, filepath.Dir(next.GoFiles[0]))
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(s.old.Root, rel)
	pkg := &packages.Package{
		ID: next.ID, PkgPath: next.PkgPath, Dir: dir, Module: next.Module, Fset: next.Fset, TypesSizes: next.TypesSizes, Imports: make(map[string]*packages.Package),
		TypesInfo: &types.Info{
			Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
			Implicits: make(map[ast.Node]types.Object), Instances: make(map[*ast.Ident]types.Instance), Scopes: make(map[ast.Node]*types.Scope),
			Selections: make(map[*ast.SelectorExpr]*types.Selection), FileVersions: make(map[*ast.File]string),
		},
	}
	for _, name := range s.files[next.PkgPath] {
		file := filepath.Join(dir, name)
		parsed, err := parser.ParseFile(pkg.Fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, errAlone
		}
		pkg.GoFiles, pkg.CompiledGoFiles = append(pkg.GoFiles, file), append(pkg.CompiledGoFiles, file)
		pkg.Syntax, pkg.Name = append(pkg.Syntax, parsed), parsed.Name.Name
		for _, imp := range parsed.Imports {
			if path, err := strconv.Unquote(imp.Path.Value); err != nil || path == "C" {
				return nil, errAlone
			}
		}
	}
	config := types.Config{Importer: importer{s, pkg, next}, Sizes: next.TypesSizes, Error: func(error) {}}
	if next.Module != nil && next.Module.GoVersion != "" {
		config.GoVersion = "go" + next.Module.GoVersion
	}
	checked, err := config.Check(next.PkgPath, pkg.Fset, pkg.Syntax, pkg.TypesInfo)
	if err != nil {
		return nil, errAlone
	}
	pkg.Types = checked
	s.made[next.PkgPath] = pkg
	return pkg, nil
}

// An importer finds what a package of the old revision imports.
type importer struct {
	s         *sharer
	pkg, next *packages.Package
}

func (i importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	found := i.s.known[path]
	if of := i.next.Imports[path]; of != nil { // vendored, or replaced
		found = i.s.known[of.PkgPath]
	}
	if i.s.next[path] != nil {
		var err error
		if found, err = i.s.of(path); err != nil {
			return nil, err
		}
	}
	if found == nil {
		return nil, fmt.Errorf("%s: %w", path, errAlone)
	}
	i.pkg.Imports[path] = found
	return found.Types, nil
}
