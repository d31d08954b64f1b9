package drivers

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// toyPackage stands in a folder of the rules' module, whose packages may import the toy domain
// of the call graph; the build sees it there, and nobody else does.
const toyPackage = `package toy

import (
	"golang.org/x/tools/go/analysis"

	"github.com/golangci/plugin-module-register/register"

	"github.com/mediacloud/mcwflint/analyzers/internal/callgraph/toy"
)

var Analyzer = toy.Analyzer

type plugin struct{}

func init() {
	register.Plugin("toys", func(any) (register.LinterPlugin, error) { return plugin{}, nil })
}

func (plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{Analyzer}, nil
}

func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
`

// overlay is the flag of go build with which files of this module are others.
func overlay(t *testing.T, files map[string]string) string {
	t.Helper()
	replaced := make(map[string]string)
	for name, text := range files {
		path, err := filepath.Abs(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		replaced[path] = filepath.Join(t.TempDir(), filepath.Base(name))
		put(t, replaced[path], text)
	}
	data, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return "-overlay=" + name
}

// Have: under golangci-lint and nogo the call graph finds by itself, with a domain that knows
// neither SQL nor the SDK, what it finds in one process; its own tests have go vet.
func TestToy(t *testing.T) {
	program, err := filepath.Abs(filepath.Join(root, "analyzers/internal/callgraph/testdata/toy"))
	if err != nil {
		t.Fatal(err)
	}
	flag := overlay(t, map[string]string{
		"analyzers/toy/toy.go":                toyPackage,
		"internal/drivers/golangci/plugin.go": "package main\n\nimport _ \"" + module + "/analyzers/toy\"\n",
	})
	binary := filepath.Join(t.TempDir(), "golangci-lint")
	if out, err := exec.Command("go", "build", flag, "-o", binary, "./golangci").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cache := t.TempDir()
	cold, stderr := runPlugin(t, binary, "toys", program, cache, nil)
	holdToy(t, program, "golangci-lint, cold", readGolangci(t, "toys", program, cold, stderr))
	warm, stderr := runPlugin(t, binary, "toys", program, cache, nil)
	holdToy(t, program, "golangci-lint, warm", readGolangci(t, "toys", program, warm, stderr))
	holdToy(t, program, "nogo", runNogo(t, nogo(t, []string{module + "/analyzers/toy"}, nil, flag), program))
}

func holdToy(t *testing.T, program, driver string, got []finding) {
	t.Helper()
	// golangci-lint makes issues of related positions, too; the rules' plugin leaves them out.
	got = slices.DeleteFunc(got, func(f finding) bool { return f.rule != "toy" })
	all := wants(t, program, func(string) string { return "toy" })
	if len(all) == 0 || len(got) != len(all) {
		t.Errorf("%s: %d findings, %d expected: %s", driver, len(got), len(all), strings.Join(sorted(got), "\n"))
	}
	for _, w := range all {
		if !slices.ContainsFunc(got, func(f finding) bool { return f.file == w.file && f.line == w.line && w.re.MatchString(f.message) }) {
			t.Errorf("%s: not reported: %s", driver, w)
		}
	}
}
