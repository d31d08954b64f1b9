//go:build tools

// Command survey runs every rule over code that nobody wrote for them: the standard
// library, and all modules that a module depends on. It reads them as if they were
// the program's own, which a linter's user never asks for.
//
// No rule may fail or panic, and none may report anything in the standard library,
// where there is no Temporal. What is reported elsewhere is printed, to be judged.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
)

func main() {
	dirs := flag.String("modules", ".", "folders of modules whose dependencies are read, with commas between them")
	flag.Parse()
	program.Everything = true
	fmt.Println("| module | packages | skipped | load | rules | heap | findings |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- |")
	var all []string
	ok := survey(".", "std", &all)
	if len(all) > 0 {
		ok = false
	}
	seen := make(map[string]bool)
	for _, dir := range strings.Split(*dirs, ",") {
		modules, err := modulesOf(dir)
		if err != nil {
			fmt.Fprintln(os.Stderr, "survey:", err)
			os.Exit(2)
		}
		for _, m := range modules {
			if !seen[m] {
				seen[m] = true
				ok = survey(dir, m+"/...", &all) && ok
			}
		}
	}
	fmt.Println()
	for _, f := range all {
		fmt.Println(f)
	}
	if !ok {
		os.Exit(1)
	}
}

// modulesOf lists the modules that provide a package to the module in dir.
func modulesOf(dir string) ([]string, error) {
	cmd := exec.Command("go", "list", "-deps", "-test", "-f", "{{with .Module}}{{if .Version}}{{.Path}}{{end}}{{end}}", "./...")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("listing the dependencies of %s: %w", dir, err)
	}
	set := make(map[string]bool)
	for _, path := range strings.Fields(string(out)) {
		set[path] = true
	}
	var modules []string
	for path := range set {
		modules = append(modules, path)
	}
	sort.Strings(modules)
	return modules, nil
}

// survey reads the packages of a pattern, prints a line, and adds the findings. It
// returns false if a rule failed.
func survey(dir, pattern string, findings *[]string) bool {
	start := time.Now()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Tests: true}, pattern)
	if err != nil {
		fmt.Fprintf(os.Stderr, "survey: loading %s: %v\n", pattern, err)
		return false
	}
	loaded := time.Since(start)
	var sound []*packages.Package
	for _, pkg := range pkgs {
		if len(pkg.Errors) == 0 {
			sound = append(sound, pkg)
		}
	}
	rules := []*analysis.Analyzer{analyzers.Program}
	for _, r := range analyzers.Suite {
		rules = append(rules, r.Analyzer)
	}
	start = time.Now()
	graph, err := checker.Analyze(rules, sound, nil)
	if err != nil {
		fmt.Fprintf(os.Stderr, "survey: %s: %v\n", pattern, err)
		return false
	}
	took := time.Since(start)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	ok, n := true, 0
	seen := make(map[string]bool)
	for act := range graph.All() {
		if act.Err != nil {
			fmt.Fprintf(os.Stderr, "survey: %s: %v\n", act, act.Err)
			ok = false
		}
		for _, d := range act.Diagnostics {
			at := act.Package.Fset.Position(d.Pos)
			text := fmt.Sprintf("%s/%s:%d: %s (%s)", act.Package.PkgPath, filepath.Base(at.Filename), at.Line, d.Message, act.Analyzer.Name)
			if !seen[text] {
				seen[text] = true
				n++
				*findings = append(*findings, text)
			}
		}
	}
	fmt.Printf("| %s | %d | %d | %.1f s | %.1f s | %d MB | %d |\n", strings.TrimSuffix(pattern, "/..."), len(sound), len(pkgs)-len(sound),
		loaded.Seconds(), took.Seconds(), memory.HeapAlloc>>20, n)
	return ok
}
