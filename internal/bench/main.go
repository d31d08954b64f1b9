//go:build tools

// Command bench compares mcwflint with the load alone, with an analyzer that does
// nothing and with Temporal's workflowcheck, in time and memory, in the same run:
// machines differ, ratios less so.
//
//	go run -tags=tools ./internal/bench -linter bin/mcwflint [-corpus testdata/src] [-workflowcheck PATH] [-empty] [-o FILE] [program ...]
//
// It generates modules with the dependencies of the corpus, small packages, services on
// ent's code, protobuf, and packages that grow, and lints them and the programs given. Every figure is the best of
// several runs, with the compiled dependencies in the build cache; with -empty there
// is a run of each kind with an empty build cache, too. The tables go to FILE, between
// its markers, or to the standard output.
package main

import (
	"bytes"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
)

// generated are the programs that are made for the measurement.
var generated = []struct {
	name  string
	n     int
	write func(dir, corpus string, n int) error
}{
	{"generated, 100 packages", 100, generate},
	{"generated, 1,000 packages", 1000, generate},
	{"generated, services on 60 tables of ent", 60, generateServices},
	{"generated, 100 packages and 50 of protobuf", 100, generateProtobuf},
}

// nothing is the analyzer that the cost of the vettool is compared with.
var nothing = &analysis.Analyzer{
	Name: "nothing",
	Doc:  "do nothing",
	Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	// A fact makes go vet visit the dependencies, as it does for mcwflint.
	FactTypes: []analysis.Fact{new(noFact)},
}

type noFact struct{}

func (*noFact) AFact() {}

func main() {
	log.SetFlags(0)
	if n := len(os.Args); n > 1 && (os.Args[1] == "-V=full" || os.Args[1] == "-flags" || strings.HasSuffix(os.Args[n-1], ".cfg")) {
		unitchecker.Main(nothing)
	}
	linter := flag.String("linter", "bin/mcwflint", "the binary of mcwflint")
	corpus := flag.String("corpus", "testdata/src", "a module with the dependencies of the generated ones")
	workflowcheck := flag.String("workflowcheck", "", "the binary of Temporal's workflowcheck, to compare with")
	runs := flag.Int("runs", 5, "runs of each kind")
	empty := flag.Bool("empty", false, "measure with an empty build cache, too")
	out := flag.String("o", "", "the `file` whose tables to replace")
	own := flag.String("below", "", "print the program's own packages below those in this `dir`, and exit")
	load := flag.String("load", "", "load the packages in this `dir` and those listed, and exit")
	count := flag.String("facts", "", "print the number of those packages and the bytes of their facts, and exit")
	flag.Parse()
	if *own != "" {
		list, err := below(*own)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(strings.Join(list, " "))
		return
	}
	if *load != "" {
		if _, err := loadPackages(*load); err != nil {
			log.Fatal(err)
		}
		return
	}
	if *count != "" {
		fmt.Println(facts(*count))
		return
	}
	b := &bench{linter: absolute(*linter), workflowcheck: *workflowcheck, runs: *runs, empty: *empty}
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	b.self = self
	if b.tmp, err = os.MkdirTemp("", "mcwflint-bench"); err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(b.tmp)
	for i, p := range generated {
		dir := filepath.Join(b.tmp, fmt.Sprint(i))
		if err := p.write(dir, *corpus, p.n); err != nil {
			log.Fatal(err)
		}
		b.program(p.name, dir)
	}
	if err := b.scaling(*corpus); err != nil {
		log.Fatal(err)
	}
	for _, dir := range flag.Args() {
		b.program(name(dir), absolute(dir))
	}
	text := fmt.Sprintf("Measured with %s on %d CPUs, %s/%s.\n", runtime.Version(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	for _, t := range []*table{&b.whole, &b.vet, &b.fresh, &b.checks, &b.facts, &b.scale} {
		text += t.String()
	}
	if *out == "" {
		fmt.Print(text)
		return
	}
	if err := replace(*out, text); err != nil {
		log.Fatal(err)
	}
}

// name is that of a checkout, with its commit.
func name(dir string) string {
	commit, err := exec.Command("git", "-C", dir, "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return filepath.Base(dir)
	}
	return filepath.Base(dir) + " " + strings.TrimSpace(string(commit))
}

// replace writes text between the markers of a file.
func replace(file, text string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(data), "<!-- bench -->\n")
	_, after, ok2 := strings.Cut(rest, "<!-- end -->")
	if !ok || !ok2 {
		return fmt.Errorf("%s has no markers", file)
	}
	return os.WriteFile(file, []byte(before+"<!-- bench -->\n"+text+"<!-- end -->"+after), 0o644)
}

// A table is Markdown's; without rows it is not printed.
type table struct {
	title, head string
	rows        []string
}

func (t *table) add(format string, args ...any) {
	t.rows = append(t.rows, fmt.Sprintf("| "+format+" |", args...))
}

func (t *table) String() string {
	if len(t.rows) == 0 {
		return ""
	}
	rule := strings.Repeat("| --- ", strings.Count(t.head, "|")+1) + "|"
	return "\n" + t.title + "\n\n| " + t.head + " |\n" + rule + "\n" + strings.Join(t.rows, "\n") + "\n"
}

func absolute(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		log.Fatal(err)
	}
	return abs
}

type bench struct {
	linter, workflowcheck, self, tmp string
	runs                             int
	empty                            bool

	whole, vet, fresh, checks, facts, scale table
}

// cost is what a process took.
type cost struct {
	wall   time.Duration
	memory int64 // bytes, at its peak
}

// measure runs a command in dir. A linter that finds something is no failure.
func measure(dir string, env []string, name string, args ...string) cost {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, env
	cmd.Stdout = io.Discard
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && (exit.ExitCode() == 1 || exit.ExitCode() == 3)) {
		log.Fatalf("%s %s in %s: %v\n%s", name, strings.Join(args, " "), dir, err, stderr.String())
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return cost{wall, usage.Maxrss * 1024}
}

func (c *cost) best(d cost) {
	if c.wall == 0 || d.wall < c.wall {
		c.wall = d.wall
	}
	if c.memory == 0 || d.memory < c.memory {
		c.memory = d.memory
	}
}

func (b *bench) program(name, dir string) {
	measure(dir, nil, b.linter, "./...") // fills the build cache
	list := strings.Fields(string(b.output("-below", dir)))
	args := func(what string) []string { return append([]string{what, dir}, list...) }
	var load, whole cost
	// Alternating, so that a slow spell of the machine meets both.
	for range b.runs {
		load.best(measure(dir, nil, b.self, args("-load")...))
		whole.best(measure(dir, nil, b.linter, "./..."))
	}
	var pkgs, bytes int
	if _, err := fmt.Sscan(string(b.output(args("-facts")...)), &pkgs, &bytes); err != nil {
		log.Fatal(err)
	}
	b.whole.title, b.whole.head = "Everything compiled: the whole run against the load alone.", "program | packages | load | whole run | ratio | memory of the load | of the whole run | ratio"
	b.whole.add("%s | %d | %.2f s | %.2f s | %.2f | %d MB | %d MB | %.2f", name, pkgs, load.wall.Seconds(), whole.wall.Seconds(), ratio(whole, load),
		load.memory>>20, whole.memory>>20, float64(whole.memory)/float64(load.memory))
	b.facts.title, b.facts.head = "Facts, as the drivers write them.", "program | bytes | a package"
	b.facts.add("%s | %d | %d", name, bytes, bytes/max(pkgs, 1))

	idle, idleWarm := b.vettool(dir, b.self)
	vet, warm := b.vettool(dir, b.linter)
	b.vet.title = "As a vettool, against one whose analyzer does nothing: never run before, and run before."
	b.vet.head = "program | idle | mcwflint | ratio | idle, run before | mcwflint, run before"
	b.vet.add("%s | %.1f s | %.1f s | %.2f | %.2f s | %.2f s", name, idle.wall.Seconds(), vet.wall.Seconds(), ratio(vet, idle), idleWarm.wall.Seconds(), warm.wall.Seconds())

	if b.empty {
		b.fresh.title, b.fresh.head = "Nothing compiled: the go command compiles the dependencies first.", "program | load | whole run | ratio"
		load, whole := measure(dir, b.cache(), b.self, args("-load")...), measure(dir, b.cache(), b.linter, "./...")
		b.fresh.add("%s | %.0f s | %.0f s | %.2f", name, load.wall.Seconds(), whole.wall.Seconds(), ratio(whole, load))
	}
	if b.workflowcheck != "" {
		b.checks.title, b.checks.head = "Temporal's workflowcheck, which loads every dependency from source.", "program | workflowcheck | mcwflint | times as long"
		check := measure(dir, nil, b.workflowcheck, "./...")
		b.checks.add("%s | %.1f s | %.1f s | %.1f", name, check.wall.Seconds(), whole.wall.Seconds(), ratio(check, whole))
	}
}

// output runs this program. What loads is a process of its own: the peak of a child
// counts the memory of its parent.
func (b *bench) output(args ...string) []byte {
	out, err := exec.Command(b.self, args...).Output()
	if err != nil {
		log.Fatalf("%s: %v", strings.Join(args, " "), err)
	}
	return out
}

// cache is the environment with an empty build cache.
func (b *bench) cache() []string {
	dir, err := os.MkdirTemp(b.tmp, "cache")
	if err != nil {
		log.Fatal(err)
	}
	return append(os.Environ(), "GOCACHE="+dir)
}

func ratio(a, b cost) float64 { return a.wall.Seconds() / b.wall.Seconds() }

// vettool runs go vet with a tool that it has not seen, and again: its caches go by
// the tool's contents, so a copy gets a few more bytes.
func (b *bench) vettool(dir, tool string) (cold, warm cost) {
	data, err := os.ReadFile(tool)
	if err != nil {
		log.Fatal(err)
	}
	for range 2 {
		fresh := filepath.Join(b.tmp, fmt.Sprintf("vettool%d", time.Now().UnixNano()))
		if err := os.WriteFile(fresh, append(data, fmt.Sprint(time.Now().UnixNano())...), 0o755); err != nil {
			log.Fatal(err)
		}
		cold.best(measure(dir, nil, "go", "vet", "-vettool="+fresh, "./..."))
		warm.best(measure(dir, nil, "go", "vet", "-vettool="+fresh, "./..."))
		os.Remove(fresh)
	}
	return cold, warm
}

// loadPackages loads what the linter loads: all of the module, and of the program's
// own below it what the command line lists.
func loadPackages(dir string) ([]*packages.Package, error) {
	return packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Tests: true}, append([]string{"./..."}, flag.Args()...)...)
}

// below are the program's own packages that the patterns do not match.
func below(dir string) ([]string, error) {
	roots, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedModule, Dir: dir}, "./...")
	if err != nil {
		return nil, err
	}
	initial := make(map[string]bool)
	for _, p := range roots {
		initial[p.PkgPath] = true
	}
	var more []string
	packages.Visit(roots, nil, func(p *packages.Package) {
		if m := p.Module; m != nil && !initial[p.PkgPath] && (m.Version == "" || m.Replace != nil && m.Replace.Version == "") {
			more = append(more, p.PkgPath)
		}
	})
	return more, nil
}

// facts counts the packages and the bytes of the facts that they export.
func facts(dir string) (pkgs, size int) {
	loaded, err := loadPackages(dir)
	if err != nil {
		log.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzers.Program}, loaded, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, act := range graph.Roots {
		if strings.Contains(act.Package.ID, " [") || strings.HasSuffix(act.Package.ID, ".test") {
			continue
		}
		pkgs++
		// One stream a package, as the drivers write them.
		var buf bytes.Buffer
		encoder := gob.NewEncoder(&buf)
		count := func(fact analysis.Fact) {
			if err := encoder.Encode(fact); err != nil {
				log.Fatal(err)
			}
		}
		for _, f := range act.AllObjectFacts() {
			if f.Object.Pkg() == act.Package.Types {
				count(f.Fact)
			}
		}
		for _, f := range act.AllPackageFacts() {
			if f.Package == act.Package.Types {
				count(f.Fact)
			}
		}
		size += buf.Len()
	}
	return pkgs, size
}
