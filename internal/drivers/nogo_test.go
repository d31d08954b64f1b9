package drivers

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mediacloud/mcwflint/analyzers"
)

// module is the path of the rules' module.
const module = "github.com/mediacloud/mcwflint"

// rulesGo is the release of rules_go whose nogo runs the rules.
const rulesGo = "github.com/bazelbuild/rules_go@v0.65.0"

// moduleDir downloads a module and returns its folder.
func moduleDir(t *testing.T, module string) string {
	t.Helper()
	out, err := exec.Command("go", "mod", "download", "-json", module).Output()
	if err != nil {
		t.Fatalf("go mod download %s: %v\n%s", module, err, out)
	}
	var info struct{ Dir string }
	if err := json.Unmarshal(out, &info); err != nil {
		t.Fatal(err)
	}
	return info.Dir
}

// nogo builds nogo from its own sources and rules, given by the import paths of their
// packages, with settings by analyzer. It uses a package that x/tools keeps to itself, as
// Bazel lets it: so it is built inside a copy of x/tools.
func nogo(t *testing.T, rules []string, config map[string]map[string]any, flags ...string) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", "golang.org/x/tools").Output()
	if err != nil {
		t.Fatal(err)
	}
	xtools := filepath.Join(t.TempDir(), "tools")
	source := moduleDir(t, "golang.org/x/tools@"+strings.TrimSpace(string(out)))
	err = filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "testdata" {
				return filepath.SkipDir
			}
			return os.MkdirAll(filepath.Join(xtools, rel), 0o755)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(xtools, rel), data, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	main := filepath.Join(xtools, "cmd", "nogo")
	if err := os.MkdirAll(main, 0o755); err != nil {
		t.Fatal(err)
	}
	builders := filepath.Join(moduleDir(t, rulesGo), "go", "tools", "builders")
	// The list of rules_go's target nogo_srcs, and the generator's own template.
	for _, name := range []string{"constants.go", "env.go", "flags.go", "nogo_fix.go", "nogo_goversions_go118.go", "nogo_goversions_go121.go",
		"nogo_goversions_go122.go", "nogo_main.go", "nogo_version.go", "nolint.go", "path.go"} {
		data, err := os.ReadFile(filepath.Join(builders, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(main, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var imports, list, configs bytes.Buffer
	for i, rule := range rules {
		fmt.Fprintf(&imports, "\ta%d %q\n", i, rule)
		fmt.Fprintf(&list, "\ta%d.Analyzer,\n", i)
	}
	for name, settings := range config {
		fmt.Fprintf(&configs, "\t%q: {analyzerFlags: map[string]string{", name)
		for key, value := range settings {
			fmt.Fprintf(&configs, "%q: %q, ", key, settingText(value))
		}
		configs.WriteString("}},\n")
	}
	text := fmt.Sprintf("package main\n\nimport (\n%s\t\"golang.org/x/tools/go/analysis\"\n)\n\nvar analyzers = []*analysis.Analyzer{\n%s}\n\nvar configs = map[string]config{\n%s}\n\nconst debugMode = false\n", &imports, &list, &configs)
	if err := os.WriteFile(filepath.Join(main, "generated.go"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	// The rules' module with the copy in place of x/tools.
	binary := filepath.Join(t.TempDir(), "nogo")
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	absolute, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"mod", "edit", "-replace=golang.org/x/tools=" + xtools, filepath.Join(dir, "go.mod")},
		slices.Concat([]string{"build", "-C", absolute, "-mod=mod", "-modfile=" + filepath.Join(dir, "go.mod"), "-o", binary}, flags, []string{"golang.org/x/tools/cmd/nogo"}),
	} {
		cmd := exec.Command("go", args...)
		cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	return binary
}

// A listed package, as go list -json prints it.
type listed struct {
	ImportPath, Dir, ForTest, Export string
	GoFiles, CgoFiles                []string
	Imports                          []string
	ImportMap                        map[string]string
	Module                           *struct {
		Main      bool
		GoVersion string
	}
}

func TestNogo(t *testing.T) {
	var rules []string
	for _, rule := range analyzers.Suite {
		rules = append(rules, module+"/analyzers/"+rule.Analyzer.Name)
	}
	config := map[string]map[string]any{analyzers.Program.Name: {"own": "example.com/corpus"}}
	maps.Copy(config, corpusSettings)
	hold(t, runNogo(t, nogo(t, rules, config), corpus), func(w want) bool {
		// nogo lists single rules, so directive cannot know the names of all.
		return ruleOf(w.file) == "directive" && strings.Contains(w.re.String(), "unknown rule")
	})
}

// runNogo runs nogo as rules_go does: a process a package, in the order of
// imports, with the facts of the imports in files. Packages of other modules are
// left out of it, as a nogo with includes leaves them.
func runNogo(t *testing.T, binary, dir string) []finding {
	t.Helper()
	out, stderr := run(t, dir, nil, "go", "list", "-export", "-deps", "-test", "-json=ImportPath,Dir,ForTest,Export,GoFiles,CgoFiles,Imports,ImportMap,Module", "./...")
	if len(out) == 0 {
		t.Fatalf("go list: %s", stderr)
	}
	work := t.TempDir()
	export := make(map[string]string) // by import path
	facts := make(map[string]string)
	var got []finding
	decoder := json.NewDecoder(bytes.NewReader(out))
	for n := 0; decoder.More(); n++ {
		var pkg listed
		if err := decoder.Decode(&pkg); err != nil {
			t.Fatal(err)
		}
		export[pkg.ImportPath] = pkg.Export
		if pkg.Module == nil || !pkg.Module.Main || strings.HasSuffix(pkg.ImportPath, ".test") || len(pkg.GoFiles) == 0 || len(pkg.CgoFiles) > 0 {
			continue
		}
		// A package knows the others under the paths that its files import.
		var cfg bytes.Buffer
		args := []string{"-p", strings.TrimSuffix(pkg.ImportPath, " ["+pkg.ForTest+".test]"), "-go_version", pkg.Module.GoVersion}
		for path, file := range export {
			if file != "" && !strings.Contains(path, " [") {
				fmt.Fprintf(&cfg, "packagefile %s=%s\n", path, file)
			}
		}
		for _, variant := range pkg.ImportMap {
			if plain, _, ok := strings.Cut(variant, " ["); ok {
				fmt.Fprintf(&cfg, "packagefile %s=%s\n", plain, export[variant])
			}
		}
		for path, file := range facts {
			if !strings.Contains(path, " [") {
				args = append(args, "-fact", path+"="+file)
			}
		}
		for _, variant := range pkg.ImportMap {
			if plain, _, ok := strings.Cut(variant, " ["); ok && facts[variant] != "" {
				args = append(args, "-fact", plain+"="+facts[variant])
			}
		}
		importcfg := filepath.Join(work, fmt.Sprintf("%d.cfg", n))
		if err := os.WriteFile(importcfg, cfg.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		facts[pkg.ImportPath] = filepath.Join(work, fmt.Sprintf("%d.facts", n))
		args = append(args, "-importcfg", importcfg, "-x", facts[pkg.ImportPath])
		for _, file := range pkg.GoFiles {
			if !filepath.IsAbs(file) {
				file = filepath.Join(pkg.Dir, file)
			}
			args = append(args, file)
		}
		cmd := exec.Command(binary, args...)
		cmd.Dir = pkg.Dir
		text, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 3) {
			t.Fatalf("nogo %s: %v\n%s", pkg.ImportPath, err, text)
		}
		got = append(got, readNogo(t, dir, string(text))...)
	}
	return got
}

var nogoLine = regexp.MustCompile(`^(.+?:\d+:\d+): (.*) \((\w+)\)$`)

func readNogo(t *testing.T, dir, text string) []finding {
	t.Helper()
	var all []finding
	for _, line := range strings.Split(text, "\n") {
		if m := nogoLine.FindStringSubmatch(line); m != nil {
			file, n := place(t, dir, m[1])
			all = append(all, finding{file, n, m[3], m[2]})
		} else if line != "" && !strings.HasPrefix(line, "nogo: errors found by nogo") {
			t.Fatalf("nogo prints %q", line)
		}
	}
	return all
}
