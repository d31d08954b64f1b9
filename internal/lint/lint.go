// Package lint loads packages, runs the rules on them in one process and collects
// what they find.
package lint

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/load"
)

// Options say what to lint.
type Options struct {
	Dir       string   // working directory of the go command; "" is the current one
	Patterns  []string // as for go list; none means the package in Dir
	Tests     bool     // also lint tests
	Tags      []string // build tags
	Analyzers []*analysis.Analyzer

	// Progress, if not nil, is told what the run does next. It may be called from
	// several goroutines, one after another.
	Progress func(step string)
}

// A Finding is one diagnostic of a rule.
type Finding struct {
	Rule       string
	Package    string // ID of the package, as go list prints it
	Pos, End   token.Position
	Diagnostic analysis.Diagnostic
	Detail     analyzers.Finding // the parts of the diagnostic's message

	// Fingerprint is the same for this finding when code moves or the chain to its
	// effect changes.
	Fingerprint string

	place string // package and function
}

// A Report is the outcome of a run.
type Report struct {
	Findings []Finding      // by file, line and rule
	Skipped  []load.Skipped // by package
	Packages int            // matched by the patterns and analysed
	// Unrelated is the number of matched packages that have nothing to do with Temporal:
	// neither they nor what uses them uses the SDK.
	Unrelated int
	// Fold: conventions are for those who ask for them. Text has the first of each rule, and
	// they do not count as defects.
	Fold bool
	// Warnings are the rules whose findings are warnings; all others are errors.
	Warnings []string
	Fset     *token.FileSet
	// Program are the packages that were analysed, those of the patterns and below, without
	// the variants that tests make.
	Program []*packages.Package

	graph      *checker.Graph
	registered map[analyzers.Registered]bool // by the commands that were analysed
	own        map[string]bool               // the files that the go command compiles as they are
}

// analysisGC is the garbage collector's percentage while rules run. What was loaded is kept to the
// end, and the rules make a tenth of it again: at the usual 100 the heap grows by all of that before
// anything is collected. 50 takes a tenth less memory on programs of many packages, and no more
// time (make bench).
const analysisGC = 50

// Run lints. An error means that nothing could be analysed.
func Run(ctx context.Context, opts Options) (*Report, error) {
	if opts.Progress == nil {
		opts.Progress = func(string) {}
	}
	opts.Progress("loading packages")
	loaded, err := load.Load(ctx, load.Options{Dir: opts.Dir, Patterns: opts.Patterns, Tests: opts.Tests, Tags: opts.Tags})
	if err != nil {
		return nil, err
	}
	pkgs, matched := loaded.Packages, loaded.Matched
	opts.Progress("analysing " + Count(len(pkgs), "package"))
	r := &Report{own: make(map[string]bool), registered: make(map[analyzers.Registered]bool), Unrelated: loaded.Unrelated}
	// The test variant of a package has its files again, and tests besides: only
	// the rules that read tests need it, and of tests without Temporal only those
	// that read comments.
	var program, others []*packages.Package
	for _, pkg := range r.sound(pkgs, matched) {
		if !load.IsTest(pkg.ID) || testsTemporal(pkg) {
			program = append(program, pkg)
		} else {
			others = append(others, pkg)
		}
	}
	var comments []*analysis.Analyzer
	for _, a := range opts.Analyzers {
		if analyzers.ReadsComments(a) {
			comments = append(comments, a)
		}
	}
	if os.Getenv("GOGC") == "" {
		defer debug.SetGCPercent(debug.SetGCPercent(analysisGC))
	}
	r.graph, err = checker.Analyze([]*analysis.Analyzer{analyzers.Program, bundle(opts.Analyzers)}, program, &checker.Options{Sequential: manySmall(program)})
	if err != nil {
		return nil, err
	}
	tests, err := checker.Analyze([]*analysis.Analyzer{bundle(comments)}, others, nil)
	if err != nil {
		return nil, err
	}
	for _, act := range append(r.graph.Roots[:len(r.graph.Roots):len(r.graph.Roots)], tests.Roots...) {
		if act.Err != nil {
			return nil, fmt.Errorf("%s: %w", act, act.Err)
		}
		for _, o := range outcomes(act) {
			if matched[act.Package.ID] && (analyzers.Lookup(o.rule.Name).Tests || !load.IsTest(act.Package.ID)) {
				r.collect(act.Package, &o)
			}
		}
	}
	r.Keep(func(f Finding) bool { return !r.isRegistered(&f.Detail) })
	r.dedupe()
	places := newPlaces(program, matched)
	for i := range r.Findings {
		r.move(&r.Findings[i], places)
	}
	r.sort()
	r.fingerprint()
	return r, nil
}

// sound counts packages, and returns those that can be analysed.
func (r *Report) sound(pkgs []*packages.Package, matched map[string]bool) []*packages.Package {
	for _, pkg := range pkgs {
		r.Fset = pkg.Fset
		for _, name := range pkg.GoFiles {
			r.own[name] = true
		}
	}
	sound, skipped := load.Divide(pkgs)
	r.Skipped = skipped
	for _, pkg := range sound {
		if load.IsTest(pkg.ID) {
			continue
		}
		r.Program = append(r.Program, pkg)
		if matched[pkg.ID] {
			r.Packages++
		}
	}
	sort.Slice(r.Skipped, func(i, j int) bool { return r.Skipped[i].Package < r.Skipped[j].Package })
	return sound
}

// testsTemporal reports whether a test file of the package imports the SDK.
func testsTemporal(pkg *packages.Package) bool {
	for _, f := range pkg.Syntax {
		if !strings.HasSuffix(pkg.Fset.File(f.FileStart).Name(), "_test.go") {
			continue
		}
		for _, imp := range f.Imports {
			if strings.HasPrefix(imp.Path.Value, `"go.temporal.io/sdk/`) {
				return true
			}
		}
	}
	return false
}

// manySmall reports whether the checker's parallel mode costs more than it gains: it starts a
// goroutine for each package at once, whose stacks took a fifth of the memory again on 1,000
// packages of a kilobyte, and no less time on two cores (make bench).
func manySmall(pkgs []*packages.Package) bool {
	const many, small = 300, 4 << 10 // packages, and bytes of source in one
	size := 0
	for _, pkg := range pkgs {
		for _, f := range pkg.Syntax {
			size += int(f.FileEnd - f.FileStart)
		}
	}
	return len(pkgs) > many && size < small*len(pkgs)
}

func (r *Report) collect(pkg *packages.Package, o *outcome) {
	result, _ := o.result.(*analyzers.Result)
	for i, d := range o.diagnostics {
		f := Finding{
			Rule:       o.rule.Name,
			Package:    pkg.ID,
			Pos:        pkg.Fset.Position(d.Pos),
			End:        pkg.Fset.Position(d.End),
			Diagnostic: d,
			Detail:     analyzers.Finding{Message: d.Message},
			place:      pkg.PkgPath + "." + function(pkg.Syntax, d.Pos),
		}
		if result != nil && i < len(result.Findings) {
			f.Detail = result.Findings[i]
		}
		r.Findings = append(r.Findings, f)
	}
	if result != nil {
		for _, what := range result.Registers {
			r.registered[what] = true
		}
	}
}

// IsWarning reports whether a finding is a warning, not an error.
func (r *Report) IsWarning(f *Finding) bool { return slices.Contains(r.Warnings, f.Rule) }

// severity is "error" or "warning", or "note" for a convention that does not count as a defect.
func (r *Report) severity(f *Finding) string {
	if r.Fold && f.Detail.Convention && !r.IsWarning(f) {
		return "note"
	}
	return level(r.IsWarning(f))
}

// isRegistered reports whether a command registers what another one misses, or anything of
// its kind on the same task queue.
func (r *Report) isRegistered(f *analyzers.Finding) bool {
	if f.Misses == "" {
		return false
	}
	kind, _, _ := strings.Cut(f.Misses, " ")
	for have := range r.registered {
		same := have.Queue != "" && slices.Contains(f.Queues, have.Queue)
		maybe := same || have.Queue == "" || f.Queues == nil
		if have.What == f.Misses && maybe || have.What == kind+" *" && same {
			return true
		}
	}
	return false
}

// dedupe keeps one finding an effect: siblings, such as two mains, or a package
// and its test variant, may close the same chain. The shortest chain stays.
func (r *Report) dedupe() {
	r.sort()
	best := make(map[string]int)
	roots := make(map[string][]string)
	for i, f := range r.Findings {
		key := f.key()
		roots[key] = append(roots[key], f.Detail.Roots...)
		if j, ok := best[key]; !ok || f.nearer(&r.Findings[j]) {
			best[key] = i
		}
	}
	kept := r.Findings[:0]
	for i, f := range r.Findings {
		if key := f.key(); best[key] == i {
			f.Detail.Roots = slices.Compact(slices.Sorted(slices.Values(roots[key])))
			kept = append(kept, f)
		}
	}
	r.Findings = kept
}

// sort orders the findings by file, place and rule.
func (r *Report) sort() {
	sort.SliceStable(r.Findings, func(i, j int) bool {
		a, b := &r.Findings[i], &r.Findings[j]
		if a.Pos.Filename != b.Pos.Filename {
			return a.Pos.Filename < b.Pos.Filename
		}
		if a.Pos.Offset != b.Pos.Offset {
			return a.Pos.Offset < b.Pos.Offset
		}
		if a.Rule != b.Rule {
			return a.Rule < b.Rule
		}
		if a.Diagnostic.Message != b.Diagnostic.Message {
			return a.Diagnostic.Message < b.Diagnostic.Message
		}
		return a.Package < b.Package
	})
}

// nearer reports whether a finding is closer to its effect than another of the same.
func (f *Finding) nearer(other *Finding) bool {
	if a, b := len(f.Detail.Chain), len(other.Detail.Chain); a != b {
		return a < b
	}
	return f.Detail.At == "" && other.Detail.At != ""
}

func (f *Finding) key() string {
	if f.Detail.Effect != "" {
		return f.Rule + "|" + f.Detail.Effect
	}
	return f.Rule + "|" + f.Pos.String() + "|" + f.Diagnostic.Message
}

// Keep drops the findings that keep does not want.
func (r *Report) Keep(keep func(Finding) bool) {
	kept := r.Findings[:0]
	for _, f := range r.Findings {
		if keep(f) {
			kept = append(kept, f)
		}
	}
	r.Findings = kept
}

// Relative shortens a file name below the current directory.
func Relative(name string) string {
	wd, err := os.Getwd()
	if err != nil {
		return name
	}
	rel, err := filepath.Rel(wd, name)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return name
	}
	return rel
}
