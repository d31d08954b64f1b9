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
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/mediacloud/mcwflint/analyzers"
)

// The listing costs a third of the load of a small program. Where a module is the whole program,
// its imports are read instead: no go command is needed to know which of its packages use the SDK.

// unlistedShare is the share of a module's packages above which all are loaded: their names on
// the command line cost more than what is not loaded saves.
const unlistedShare = 0.8

// A scan is the packages of a module, by path.
type scan struct {
	imports  map[string][]string // of their files, without tests
	dirs     map[string]string
	mentions map[string]bool // a directive, in a file that is no test
}

// scanModule reads the imports of the packages that the patterns match. It reports false if
// something else than a module's own packages could use the SDK, or if the go command might see
// other files.
func scanModule(opts Options) (*scan, bool) {
	if len(opts.Patterns) != 1 || opts.Patterns[0] != "./..." || hasLocalModules(opts.Dir) || hasOtherFiles() {
		return nil, false
	}
	root := opts.Dir
	if root == "" {
		root = "."
	}
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, false
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil || mod.Module == nil || mod.Go == nil || len(mod.Replace) > 0 {
		return nil, false
	}
	if _, err := os.Stat(filepath.Join(root, "vendor")); err == nil {
		return nil, false
	}
	cached, ok := requiredModules(mod)
	if !ok {
		return nil, false
	}
	s := &scan{imports: make(map[string][]string), dirs: make(map[string]string), mentions: make(map[string]bool)}
	s.read(root, mod.Module.Mod.Path, opts)
	return s, len(s.dirs) > 0 && s.isComplete(cached)
}

// otherFiles matches settings of go env -w that let the go command see other files than the
// environment of this process says.
var otherFiles = regexp.MustCompile(`(?m)^(GOFLAGS=.*-(tags|mod|modfile|overlay)\b|GOOS=|GOARCH=|CGO_ENABLED=|GOWORK=|GOEXPERIMENT=)`)

// hasOtherFiles reports whether flags or settings of the go command may choose other files.
func hasOtherFiles() bool {
	if work := os.Getenv("GOWORK"); os.Getenv("GOFLAGS") != "" || work != "" && work != "off" {
		return true
	}
	name := os.Getenv("GOENV")
	if name == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return true
		}
		name = filepath.Join(dir, "go", "env")
	}
	data, _ := os.ReadFile(name) // there need not be one; "off" is none
	return otherFiles.Match(data)
}

// requiredModules says of the modules that a program is made of whether they are in the cache of
// the go command. It reports false if another module than the SDK's may have packages that use
// the SDK: its own go.mod names it. Since Go 1.17 a go.mod has all modules that packages of the
// module are made of.
func requiredModules(mod *modfile.File) (cached map[string]bool, ok bool) {
	if semver.Compare("v"+mod.Go.Version, "v1.17") < 0 {
		return nil, false
	}
	cached = make(map[string]bool)
	for _, r := range mod.Require {
		if strings.HasPrefix(r.Mod.Path, "go.temporal.io/sdk") {
			cached[r.Mod.Path] = true
			continue
		}
		data, err := cachedGoMod(r.Mod)
		if bytes.Contains(data, []byte("go.temporal.io/sdk")) {
			return nil, false
		}
		cached[r.Mod.Path] = err == nil
	}
	return cached, true
}

// isComplete reports whether the modules of all imported packages are in the cache. One that is
// not is part of no build, unless a package of it is imported here: then the cache is new, and
// nothing is known.
func (s *scan) isComplete(cached map[string]bool) bool {
	for _, imports := range s.imports {
		for _, imp := range imports {
			first, _, _ := strings.Cut(imp, "/")
			if s.imports[imp] == nil && strings.Contains(first, ".") && !isCached(imp, cached) {
				return false
			}
		}
	}
	return true
}

// isCached reports whether the module of a package is in the cache.
func isCached(path string, cached map[string]bool) bool {
	for ; path != "." && path != "/"; path = pathpkg.Dir(path) {
		if there, required := cached[path]; required {
			return there
		}
	}
	return false
}

// cachedGoMod reads the go.mod of a module, in the cache of the go command.
func cachedGoMod(m module.Version) ([]byte, error) {
	path, err := module.EscapePath(m.Path)
	if err != nil {
		return nil, err
	}
	version, err := module.EscapeVersion(m.Version)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(moduleCache(), "cache", "download", filepath.FromSlash(path), "@v", version+".mod"))
	if err != nil {
		return os.ReadFile(filepath.Join(moduleCache(), filepath.FromSlash(path)+"@"+version, "go.mod"))
	}
	return data, nil
}

// moduleCache is where the go command keeps modules, unless go env -w says otherwise: then nothing
// is found.
func moduleCache() string {
	if dir := os.Getenv("GOMODCACHE"); dir != "" {
		return dir
	}
	return filepath.Join(filepath.SplitList(build.Default.GOPATH)[0], "pkg", "mod")
}

// read reads the imports of the packages in a module's folder.
func (s *scan) read(root, module string, opts Options) {
	src := source{context: build.Default}
	src.context.BuildTags = opts.Tags
	src.context.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(src.text)), nil }
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
		if test && !opts.Tests || src.open(name) == nil && !src.matches(dir, base) {
			return nil
		}
		rel, err := filepath.Rel(root, dir)
		if err != nil {
			return nil
		}
		path := pathpkg.Join(module, filepath.ToSlash(rel))
		s.dirs[path] = dir
		if !test {
			s.readFile(src.text, path)
		}
		return nil
	})
}

// A source is the text of one file after another, in the same memory.
type source struct {
	context build.Context
	text    []byte
}

// open reads a file.
func (s *source) open(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	text := bytes.NewBuffer(s.text[:0])
	_, err = text.ReadFrom(f)
	s.text = text.Bytes()
	return err
}

// matches reports whether the go command compiles the file. Most files have nothing in them, or
// in their names, that package build would have to look at.
func (s *source) matches(dir, base string) bool {
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
func (s *scan) readFile(text []byte, path string) {
	s.imports[path] = append(s.imports[path], "") // it is there, whatever it imports
	s.mentions[path] = s.mentions[path] || bytes.Contains(text, []byte(directiveText))
	f, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ImportsOnly)
	if err != nil {
		return
	}
	for _, spec := range f.Imports {
		if imp, err := strconv.Unquote(spec.Path.Value); err == nil {
			s.imports[path] = append(s.imports[path], imp)
		}
	}
}

// related are the paths that listing.related finds, by the scan.
func (s *scan) related(tests bool) (paths []string, unrelated int) {
	users := make(map[string]bool) // of the SDK, directly or not
	var uses func(path string) bool
	uses = func(path string) bool {
		if known, ok := users[path]; ok {
			return known
		}
		users[path] = false
		users[path] = slices.ContainsFunc(s.imports[path], func(imp string) bool {
			return strings.HasPrefix(imp, "go.temporal.io/sdk") || s.imports[imp] != nil && uses(imp)
		})
		return users[path]
	}
	below := make(map[string]bool)
	var visit func(path string)
	visit = func(path string) {
		if !below[path] && s.dirs[path] != "" {
			below[path] = true
			for _, imp := range s.imports[path] {
				visit(imp)
			}
		}
	}
	for path, dir := range s.dirs {
		if uses(path) || s.mentions[path] || tests && testsMatter(dir) {
			visit(path)
		}
	}
	return slices.Sorted(maps.Keys(below)), len(s.dirs) - len(below)
}

// localReplace matches a replacement by a directory.
var localReplace = regexp.MustCompile(`(?m)=>\s*"?\.`)

// hasLocalModules reports whether the program is likely to have more modules than
// one: a workspace, local replacements, or modules named by a setting.
func hasLocalModules(dir string) bool {
	if len(analyzers.Own()) > 0 {
		return true
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	module := false
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return true
		}
		if data, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil && !module {
			module = true
			if localReplace.Match(data) {
				return true
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}
