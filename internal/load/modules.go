package load

import (
	"bytes"
	"go/build"
	"os"
	pathpkg "path"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

// modules are those that a program is made of, as the main module's go.mod says. Since Go 1.17 it
// has all modules that packages of the main module are made of.
type modules struct {
	main   string
	dirs   map[string]string // of those that may have packages which use the SDK, without the SDK's
	local  map[string]bool   // replaced by a folder: part of the program
	cached map[string]bool   // whether the go command has it, of each that is required
}

// readModules reads the go.mod in a folder. It reports false if only the go command can tell what
// the program is made of.
func readModules(root string) (*modules, bool) {
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, false
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil || mod.Module == nil || mod.Go == nil || len(mod.Ignore) > 0 || semver.Compare("v"+mod.Go.Version, "v1.17") < 0 {
		return nil, false
	}
	if _, err := os.Stat(filepath.Join(root, "vendor")); err == nil {
		return nil, false
	}
	m := &modules{main: mod.Module.Mod.Path, dirs: map[string]string{mod.Module.Mod.Path: root}, local: make(map[string]bool), cached: make(map[string]bool)}
	for _, r := range mod.Require {
		if !m.require(root, r.Mod, mod.Replace) {
			return nil, false
		}
	}
	return m, m.areApart()
}

// require notes a required module. It reports false if the module may have packages that use the
// SDK, as its own go.mod names it, and is not there to be read.
func (m *modules) require(root string, required module.Version, replaced []*modfile.Replace) bool {
	if strings.HasPrefix(required.Path, sdkPath) {
		m.cached[required.Path] = true
		return true
	}
	used := required
	for _, r := range replaced {
		if r.Old.Path == required.Path && (r.Old.Version == "" || r.Old.Version == required.Version) {
			used = r.New
		}
	}
	if used.Version == "" { // a folder
		dir := used.Path
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(root, dir)
		}
		m.dirs[required.Path], m.local[required.Path], m.cached[required.Path] = dir, true, true
		return true
	}
	data, err := cachedGoMod(used)
	m.cached[required.Path] = err == nil
	if !bytes.Contains(data, []byte(sdkPath)) {
		return true
	}
	dir, err := cachedDir(used)
	m.dirs[required.Path] = dir
	return err == nil
}

// areApart reports whether no module that is read has another one below its path: the path alone
// says then which of them a package belongs to.
func (m *modules) areApart() bool {
	for path := range m.cached {
		for above := pathpkg.Dir(path); above != "."; above = pathpkg.Dir(above) {
			if m.dirs[above] != "" && above != m.main && !m.local[path] {
				return false
			}
		}
	}
	return true
}

// of is the module that a package belongs to, of those that are required and the main one, or "".
func (m *modules) of(pkg string) string {
	for path := pkg; path != "." && path != "/"; path = pathpkg.Dir(path) {
		if _, required := m.cached[path]; required || path == m.main {
			return path
		}
	}
	return ""
}

// dir is the folder of a package, if its module is one of those that are read.
func (m *modules) dir(pkg string) string {
	path := m.of(pkg)
	if m.dirs[path] == "" {
		return ""
	}
	return filepath.Join(m.dirs[path], filepath.FromSlash(strings.TrimPrefix(pkg, path)))
}

// isProgram reports whether a package is part of the program.
func (m *modules) isProgram(pkg string) bool {
	path := m.of(pkg)
	return path == m.main || m.local[path]
}

// isCached reports whether the module of a package is there.
func (m *modules) isCached(pkg string) bool {
	path := m.of(pkg)
	return path == m.main || m.cached[path]
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

// cachedDir is the folder of a module in the cache of the go command.
func cachedDir(m module.Version) (string, error) {
	path, err := module.EscapePath(m.Path)
	if err != nil {
		return "", err
	}
	version, err := module.EscapeVersion(m.Version)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(moduleCache(), filepath.FromSlash(path)+"@"+version)
	_, err = os.Stat(dir)
	return dir, err
}

// moduleCache is where the go command keeps modules, unless go env -w says otherwise: then nothing
// is found.
func moduleCache() string {
	if dir := os.Getenv("GOMODCACHE"); dir != "" {
		return dir
	}
	return filepath.Join(filepath.SplitList(build.Default.GOPATH)[0], "pkg", "mod")
}
