package load

import (
	"bytes"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	pathpkg "path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/mediacloud/mcwflint/analyzers"
)

// The listing costs a third of the load of a small program. Where go.mod says what a program is
// made of, imports are read instead: no go command is needed to know which of its packages use
// the SDK.

// A scan reads the imports of packages.
type scan struct {
	*graph
	modules *modules
	context build.Context
	text    []byte // of one file after another, in the same memory
}

// scanModule reads the imports of the packages that the patterns match and of those below them that
// could use the SDK. It reports false if the go command might see other packages or files.
func scanModule(opts Options) (*graph, bool) {
	if len(opts.Patterns) != 1 || opts.Patterns[0] != "./..." || len(analyzers.Own()) > 0 || hasWorkspace(opts.Dir) || hasOtherFiles() {
		return nil, false
	}
	root := opts.Dir
	if root == "" {
		root = "."
	}
	m, ok := readModules(root)
	if !ok {
		return nil, false
	}
	s := &scan{graph: newGraph(), modules: m, context: build.Default}
	s.scanned = true
	s.context.BuildTags = opts.Tags
	s.context.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(s.text)), nil }
	s.readAll(root, opts.Tests)
	s.follow()
	return s.graph, len(s.initial) > 0 && s.isComplete()
}

// follow reads the packages that are imported, of the modules that are read, and notes those of
// the program.
func (s *scan) follow() {
	local := make(map[string]bool)
	work := slices.Collect(maps.Keys(s.imports))
	for len(work) > 0 {
		path := work[len(work)-1]
		work = work[:len(work)-1]
		for _, imp := range s.imports[path] {
			if _, read := s.imports[imp]; read || imp == "" || strings.HasPrefix(imp, sdkPath) {
				continue
			}
			dir := s.modules.dir(imp)
			if dir == "" {
				continue
			}
			s.readPackage(dir, imp)
			if s.modules.isProgram(imp) {
				s.dirs[imp] = dir
				if module := s.modules.of(imp); s.modules.local[module] {
					local[module] = true
				}
			}
			work = append(work, imp)
		}
	}
	s.own = slices.Sorted(maps.Keys(local))
}

// isComplete reports whether the modules of all imported packages are in the cache. One that is
// not is part of no build, unless a package of it is imported here: then the cache is new, and
// nothing is known.
func (s *scan) isComplete() bool {
	for _, imports := range s.imports {
		for _, imp := range imports {
			first, _, _ := strings.Cut(imp, "/")
			if s.imports[imp] == nil && strings.Contains(first, ".") && !s.modules.isCached(imp) {
				return false
			}
		}
	}
	return true
}

// readAll reads the packages of the main module.
func (s *scan) readAll(root string, tests bool) {
	filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || name == root:
			return nil
		case d.IsDir() && isOutside(name):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		dir, base := filepath.Split(name)
		test := strings.HasSuffix(base, "_test.go")
		if test && !tests {
			return nil
		}
		rel, err := filepath.Rel(root, dir)
		if err != nil {
			return nil
		}
		path := pathpkg.Join(s.modules.main, filepath.ToSlash(rel))
		readable := s.open(name)
		if test {
			s.tested[path] = s.tested[path] || readable && matters(s.text)
		}
		if readable && !s.matches(dir, base) {
			return nil
		}
		if !s.initial[path] {
			s.initial[path], s.dirs[path], s.empty[path] = true, dir, true
		}
		switch {
		case !readable:
			s.mentions[path] = true // the go command says what is wrong
		case !test:
			s.empty[path] = false
			s.readFile(path)
		}
		return nil
	})
}

// readPackage reads the files of a package, without tests.
func (s *scan) readPackage(dir, path string) {
	s.imports[path] = []string{""} // it is there, whatever it imports
	names, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, name := range names {
		base := filepath.Base(name)
		if !strings.HasSuffix(base, "_test.go") && s.open(name) && s.matches(dir, base) {
			s.readFile(path)
		}
	}
}

// open reads a file.
func (s *scan) open(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	text := bytes.NewBuffer(s.text[:0])
	_, err = text.ReadFrom(f)
	s.text = text.Bytes()
	return err == nil
}

// matches reports whether the go command compiles the file. Most files have nothing in them, or
// in their names, that package build would have to look at.
func (s *scan) matches(dir, base string) bool {
	plain := !strings.Contains(strings.TrimSuffix(base, "_test.go"), "_") && base[0] != '.'
	if plain && !bytes.Contains(s.text, []byte("go:build")) && !bytes.Contains(s.text, []byte("+build")) {
		return true
	}
	match, err := s.context.MatchFile(dir, base)
	return err != nil || match
}

// isOutside reports whether the pattern ./... leaves out a folder below.
func isOutside(dir string) bool {
	base := filepath.Base(dir)
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil || base == "vendor" || base == "testdata" || base[0] == '.' || base[0] == '_'
}

// readFile notes the imports of a file of a package, and whether it has a directive.
func (s *scan) readFile(path string) {
	s.imports[path] = append(s.imports[path], "")
	s.mentions[path] = s.mentions[path] || s.initial[path] && bytes.Contains(s.text, []byte(directiveText))
	f, err := parser.ParseFile(token.NewFileSet(), "", s.text, parser.ImportsOnly)
	if err != nil {
		return
	}
	for _, spec := range f.Imports {
		if imp, err := strconv.Unquote(spec.Path.Value); err == nil {
			s.imports[path] = append(s.imports[path], imp)
		}
	}
}
