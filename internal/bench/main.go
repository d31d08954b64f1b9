//go:build tools

// Command bench compares a whole run of mcwflint with the load alone, in time and
// memory, in the same run: machines differ, ratios less so.
//
//	go run -tags=tools ./internal/bench -linter bin/mcwflint [-corpus testdata/src] [-workflowcheck PATH] [program ...]
//
// It generates modules of 100 and of 1,000 packages with the dependencies of the
// corpus, and lints them and the programs given. Every figure is the best of
// several runs, with the compiled dependencies in the build cache.
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
	"strings"
	"syscall"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
)

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
	load := flag.String("load", "", "load the packages in this `dir` and exit")
	count := flag.String("facts", "", "print the packages in this `dir` and the bytes of their facts, and exit")
	flag.Parse()
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
	b := &bench{linter: absolute(*linter), workflowcheck: *workflowcheck, runs: *runs}
	tmp, err := os.MkdirTemp("", "mcwflint-bench")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(tmp)
	fmt.Println("| program | packages | load | whole run | ratio | memory | fact bytes | vettool, cold | workflowcheck |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, n := range []int{100, 1000} {
		dir := filepath.Join(tmp, fmt.Sprint(n))
		if err := generate(dir, *corpus, n); err != nil {
			log.Fatal(err)
		}
		b.program(fmt.Sprintf("generated, %d", n), dir)
	}
	for _, dir := range flag.Args() {
		b.program(filepath.Base(dir), dir)
	}
}

func absolute(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		log.Fatal(err)
	}
	return abs
}

type bench struct {
	linter, workflowcheck string
	runs                  int
}

// cost is what a process took.
type cost struct {
	wall   time.Duration
	memory int64 // bytes, at its peak
}

// measure runs a command in dir. A linter that finds something is no failure.
func measure(dir, name string, args ...string) cost {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
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
	self, err := os.Executable()
	if err != nil {
		log.Fatal(err)
	}
	measure(dir, b.linter, "./...") // fills the build cache
	var load, whole, check cost
	// Alternating, so that a slow spell of the machine meets both.
	for range b.runs {
		load.best(measure(dir, self, "-load", dir))
		whole.best(measure(dir, b.linter, "./..."))
	}
	idle, vet := b.cold(dir, self), b.cold(dir, b.linter)
	versus := "not measured"
	if b.workflowcheck != "" {
		check.best(measure(dir, b.workflowcheck, "./..."))
		versus = fmt.Sprintf("%.1f s, %.1f times as long", check.wall.Seconds(), ratio(check, whole))
	}
	// In a process of its own: the peak of a child counts the memory of its parent.
	out, err := exec.Command(self, "-facts", dir).Output()
	if err != nil {
		log.Fatal(err)
	}
	var pkgs, bytes int
	if _, err := fmt.Sscan(string(out), &pkgs, &bytes); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("| %s | %d | %.2f s | %.2f s | %.2f | %.2f of the load's %d MB | %d | %.2f of an idle analyzer's %.1f s | %s |\n",
		name, pkgs, load.wall.Seconds(), whole.wall.Seconds(), ratio(whole, load),
		float64(whole.memory)/float64(load.memory), load.memory>>20, bytes, ratio(vet, idle), idle.wall.Seconds(), versus)
}

func ratio(a, b cost) float64 { return a.wall.Seconds() / b.wall.Seconds() }

// cold runs go vet with a tool that it has not seen: its caches go by the tool's
// contents, so a copy gets a few more bytes.
func (b *bench) cold(dir, tool string) cost {
	data, err := os.ReadFile(tool)
	if err != nil {
		log.Fatal(err)
	}
	var c cost
	for range 2 {
		fresh := filepath.Join(os.TempDir(), fmt.Sprintf("vettool%d", time.Now().UnixNano()))
		if err := os.WriteFile(fresh, append(data, fmt.Sprint(time.Now().UnixNano())...), 0o755); err != nil {
			log.Fatal(err)
		}
		c.best(measure(dir, "go", "vet", "-vettool="+fresh, "./..."))
		os.Remove(fresh)
	}
	return c
}

// loadPackages loads what the linter loads: the patterns, and what is the
// program's own below them.
func loadPackages(dir string) ([]*packages.Package, error) {
	return packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir, Tests: true}, append([]string{"./..."}, below(dir)...)...)
}

// below reads the list of the program's own packages from a file that -load does
// not have to pay for; the file is written once.
func below(dir string) []string {
	list := filepath.Join(os.TempDir(), "mcwflint-bench-"+strings.ReplaceAll(dir, string(filepath.Separator), "_"))
	if data, err := os.ReadFile(list); err == nil {
		return strings.Fields(string(data))
	}
	roots, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedModule, Dir: dir}, "./...")
	if err != nil {
		return nil
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
	if err := os.WriteFile(list, []byte(strings.Join(more, "\n")), 0o644); err != nil {
		return more
	}
	return more
}

// facts counts the packages and the bytes of the facts that they export.
func facts(dir string) (pkgs, size int) {
	loaded, err := loadPackages(dir)
	if err != nil {
		log.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{analyzers.Effects}, loaded, nil)
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

// generate writes a program of n packages: stores with SQL, services above them
// behind interfaces in layers, activities above those, and workers.
func generate(dir, corpus string, n int) error {
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			return err
		}
		if err := write(dir, name, string(data)); err != nil {
			return err
		}
	}
	const group = 10 // packages in a feature: a store, services, activities, a worker
	for f := range n / group {
		base := fmt.Sprintf("feature%d", f)
		if err := write(dir, base+"/store/store.go", storeText); err != nil {
			return err
		}
		for layer := range group - 3 {
			if err := write(dir, fmt.Sprintf("%s/service%d/service.go", base, layer), strings.ReplaceAll(serviceText, "LAYER", fmt.Sprint(layer))); err != nil {
				return err
			}
		}
		top := fmt.Sprintf("example.com/corpus/%s/service%d", base, group-4)
		if err := write(dir, base+"/activities/activities.go", strings.ReplaceAll(activitiesText, "TOP", top)); err != nil {
			return err
		}
		var wiring strings.Builder
		imports := fmt.Sprintf("\t\"example.com/corpus/%s/activities\"\n\t\"example.com/corpus/%s/store\"\n", base, base)
		wiring.WriteString("\ts0 := service0.New(store.New(db))\n")
		for layer := range group - 3 {
			imports += fmt.Sprintf("\t\"example.com/corpus/%s/service%d\"\n", base, layer)
			if layer > 0 {
				fmt.Fprintf(&wiring, "\ts%d := service%d.New(s%d)\n", layer, layer, layer-1)
			}
		}
		text := strings.NewReplacer("IMPORTS", imports, "WIRING", wiring.String(), "LAST", fmt.Sprintf("s%d", group-4)).Replace(workerText)
		if err := write(dir, base+"/worker/worker.go", text); err != nil {
			return err
		}
	}
	return nil
}

func write(dir, name, text string) error {
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

const storeText = `package store

import (
	"context"
	"database/sql"
	"fmt"
)

type Store struct{ db *sql.DB }

func New(db *sql.DB) *Store { return &Store{db: db} }

func (s *Store) Add(ctx context.Context, name string) error {
	return s.exec(ctx, "INSERT INTO people (name) VALUES ($1)", name)
}

func (s *Store) Keep(ctx context.Context, name string) error {
	return s.exec(ctx, "INSERT INTO people (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
}

func (s *Store) Count(ctx context.Context) (n int, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT count(*) FROM people").Scan(&n)
	return n, err
}

func (s *Store) exec(ctx context.Context, query string, args ...any) error {
	if _, err := s.db.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("exec: %w", err)
	}
	return nil
}
`

const serviceText = `package serviceLAYER

import (
	"context"
	"fmt"
	"strings"
)

type Next interface {
	Add(ctx context.Context, name string) error
	Keep(ctx context.Context, name string) error
	Count(ctx context.Context) (int, error)
}

type Service struct{ next Next }

func New(next Next) *Service { return &Service{next: next} }

func (s *Service) Add(ctx context.Context, name string) error {
	name = strings.TrimSpace(name)
	if name == "" {
		return fmt.Errorf("layer LAYER: no name")
	}
	return s.next.Add(ctx, name)
}

func (s *Service) Keep(ctx context.Context, name string) error {
	for _, part := range strings.Fields(name) {
		if err := s.next.Keep(ctx, part); err != nil {
			return fmt.Errorf("layer LAYER: %w", err)
		}
	}
	return nil
}

func (s *Service) Count(ctx context.Context) (int, error) {
	n, err := s.next.Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("layer LAYER: %w", err)
	}
	return n, nil
}
`

const activitiesText = `package activities

import (
	"context"

	service "TOP"
)

type Activities struct{ Service *service.Service }

func (a *Activities) AddPerson(ctx context.Context, name string) error { return a.Service.Add(ctx, name) }

func (a *Activities) KeepPerson(ctx context.Context, name string) error { return a.Service.Keep(ctx, name) }

func (a *Activities) CountPeople(ctx context.Context) (int, error) { return a.Service.Count(ctx) }
`

const workerText = `package worker

import (
	"database/sql"

	"go.temporal.io/sdk/worker"

IMPORTS)

func Register(w worker.Worker, db *sql.DB) {
WIRING	w.RegisterActivity(&activities.Activities{Service: LAST})
}
`
