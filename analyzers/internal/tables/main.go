//go:build tools

// Command tables holds the table of the standard library, in domain determinism, to the standard
// library's own source: it runs the engine over it as if it were the program's own, and lists
// the exported functions that reach a clock, a random number, the world and so on, and that
// the table does not name. Each must be accepted with a reason in accepted.txt, by package or by
// function; what accepts nothing is an error as well.
//
//	go run -tags=tools ./analyzers/internal/tables
package main

import (
	"bufio"
	_ "embed"
	"fmt"
	"go/types"
	"os"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers/internal/domains/determinism"
	"github.com/mediacloud/mcwflint/analyzers/internal/keys"
	"github.com/mediacloud/mcwflint/analyzers/internal/program"
)

//go:embed accepted.txt
var accepted string

func main() {
	program.Everything = true
	found, missing, err := reaching()
	if err != nil {
		fmt.Fprintln(os.Stderr, "tables:", err)
		os.Exit(2)
	}
	used := make(map[string]bool)
	rules := read(accepted)
	bad := len(missing)
	for _, name := range missing {
		fmt.Printf("%s is in the table, and does not exist\n", name)
	}
	for _, f := range found {
		if determinism.Listed(f.path, f.name) {
			continue
		}
		rule := ""
		for _, candidate := range []string{f.path + "." + f.name, f.path + "." + owner(f.name) + ".*", f.path + ".*"} {
			if _, ok := rules[candidate]; ok {
				rule = candidate
				break
			}
		}
		if rule == "" {
			fmt.Printf("%s.%s reaches %s, and is neither in the table nor accepted\n", f.path, f.name, f.what)
			bad++
			continue
		}
		used[rule] = true
	}
	for _, rule := range sorted(rules) {
		if !used[rule] {
			fmt.Printf("%s is accepted, and reaches nothing\n", rule)
			bad++
		}
	}
	fmt.Printf("%d exported functions of the standard library reach something; %d entries accept those that are not in the table\n", len(found), len(rules))
	if bad > 0 {
		os.Exit(1)
	}
}

func sorted(rules map[string]string) []string {
	var list []string
	for rule := range rules {
		list = append(list, rule)
	}
	sort.Strings(list)
	return list
}

func owner(name string) string {
	before, _, _ := strings.Cut(name, ".")
	return before
}

// read reads lines of a name, a colon, and a reason.
func read(text string) map[string]string {
	rules := make(map[string]string)
	for scanner := bufio.NewScanner(strings.NewReader(text)); scanner.Scan(); {
		line := strings.TrimSpace(scanner.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		names, reason, ok := strings.Cut(line, ": ")
		if !ok || reason == "" {
			fmt.Fprintln(os.Stderr, "tables: no reason:", line)
			os.Exit(2)
		}
		for _, name := range strings.Fields(names) {
			rules[name] = reason
		}
	}
	return rules
}

// A reach is an exported function and what it reaches.
type reach struct{ path, name, what string }

// reaching also returns the names in the table that are in no package.
func reaching() (all []reach, missing []string, err error) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, "std")
	if err != nil {
		return nil, nil, err
	}
	var public []*packages.Package
	for _, pkg := range pkgs {
		missing = append(missing, missingIn(pkg)...)
		if len(pkg.Errors) == 0 && !strings.Contains(pkg.PkgPath, "internal/") && !strings.HasPrefix(pkg.PkgPath, "vendor/") && pkg.Name != "main" {
			public = append(public, pkg)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{program.Analyzer}, public, &checker.Options{Sequential: true})
	if err != nil {
		return nil, nil, err
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, nil, act.Err
		}
		for _, f := range act.AllObjectFacts() {
			fn, ok := f.Object.(*types.Func)
			if !ok || fn.Pkg() != act.Package.Types || !isPublic(fn) {
				continue
			}
			if what := sinkIn(f.Fact); what != "" {
				all = append(all, reach{fn.Pkg().Path(), keys.Owner(fn), what})
			}
		}
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].path != all[j].path {
			return all[i].path < all[j].path
		}
		return all[i].name < all[j].name
	})
	return all, missing, nil
}

// missingIn are the names that the table has of a package and the package has not.
func missingIn(pkg *packages.Package) []string {
	var missing []string
	for _, name := range determinism.Named(pkg.PkgPath) {
		if !exists(pkg.Types, name) {
			missing = append(missing, pkg.PkgPath+"."+name)
		}
	}
	return missing
}

// sinkIn is the first thing in a fact that may differ in a replay, or "".
func sinkIn(fact analysis.Fact) string {
	for _, part := range strings.Split(fmt.Sprint(fact), ", ") {
		if what, ok := strings.CutPrefix(part, "differs "); ok && !strings.Contains(what, " decides ") {
			return what
		}
	}
	return ""
}

// isPublic reports whether a program can name a function.
func isPublic(fn *types.Func) bool {
	if !fn.Exported() {
		return false
	}
	recv := fn.Signature().Recv()
	if recv == nil {
		return true
	}
	t := recv.Type()
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, ok := t.(*types.Named)
	return ok && named.Obj().Exported()
}

// exists reports whether a package has a function or method, by name.
func exists(pkg *types.Package, name string) bool {
	before, method, isMethod := strings.Cut(name, ".")
	obj := pkg.Scope().Lookup(before)
	if obj == nil || !isMethod {
		return obj != nil
	}
	found, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, method)
	return found != nil
}
