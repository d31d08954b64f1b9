package lint

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/mediacloud/mcwflint/analyzers"
)

// The listing costs time, which it is worth only if there is much that need not be loaded, or
// if the program has code outside the module.

// unlistedShare is the share of a module's packages above which all are loaded at once: on
// 1,000 small packages that all use the SDK the listing takes half as long again as the rest
// of the run (make bench).
const unlistedShare = 0.8

// loadsAll reports whether the patterns match a module that is the whole program, nearly all
// of which has to do with Temporal. It reads imports only, and those of the module's own
// packages, so it is no more than an estimate.
func loadsAll(opts Options) bool {
	if !slices.Contains(opts.Patterns, "./...") || hasLocalModules(opts.Dir) {
		return false
	}
	data, err := os.ReadFile(filepath.Join(opts.Dir, "go.mod"))
	if err != nil {
		return false
	}
	module := modfile.ModulePath(data)
	imports := moduleImports(opts.Dir, module)
	users := make(map[string]bool) // of the SDK, directly or not
	var uses func(path string) bool
	uses = func(path string) bool {
		if known, ok := users[path]; ok {
			return known
		}
		users[path] = false
		users[path] = slices.ContainsFunc(imports[path], func(imp string) bool {
			return strings.HasPrefix(imp, "go.temporal.io/sdk") || imports[imp] != nil && uses(imp)
		})
		return users[path]
	}
	below := make(map[string]bool)
	var visit func(path string)
	visit = func(path string) {
		if !below[path] && imports[path] != nil {
			below[path] = true
			for _, imp := range imports[path] {
				visit(imp)
			}
		}
	}
	for path := range imports {
		if uses(path) {
			visit(path)
		}
	}
	return float64(len(below)) >= unlistedShare*float64(len(imports))
}

// moduleImports returns the imports of the packages in a module's folder, by path.
func moduleImports(root, module string) map[string][]string {
	imports := make(map[string][]string)
	if root == "" {
		root = "."
	}
	fset := token.NewFileSet()
	filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch base := filepath.Base(name); {
		case err != nil:
			return nil
		case d.IsDir():
			if name == root {
				return nil
			}
			if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil || base == "vendor" || base == "testdata" || base[0] == '.' || base[0] == '_' {
				return filepath.SkipDir
			}
			return nil
		case !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return nil
		}
		path := module
		if rel != "." {
			path += "/" + filepath.ToSlash(rel)
		}
		imports[path] = append(imports[path], "") // it is there, whatever it imports
		if f, err := parser.ParseFile(fset, name, nil, parser.ImportsOnly); err == nil {
			for _, spec := range f.Imports {
				if imp, err := strconv.Unquote(spec.Path.Value); err == nil {
					imports[path] = append(imports[path], imp)
				}
			}
		}
		return nil
	})
	return imports
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
