// Command mcwflint reports where Go programs on Temporal break the tips for safe
// workflows.
//
//	mcwflint [flags] [packages]
//	mcwflint init
//	mcwflint help [rule]
//	go vet -vettool=$(which mcwflint) [packages]
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"golang.org/x/term"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mediacloud/mcwflint/analyzers"
	"github.com/mediacloud/mcwflint/internal/lint"
	"github.com/mediacloud/mcwflint/internal/settings"
)

// Exit statuses of the command.
const (
	clean    = 0
	findings = 1
	failed   = 2 // something could not be analysed
)

func main() {
	if calledByVet(os.Args[1:]) {
		vet()
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// calledByVet recognizes the protocol of go vet -vettool.
func calledByVet(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	return args[0] == "-V=full" || args[0] == "-flags" || strings.HasSuffix(last, ".cfg")
}

// vet analyses one package for go vet. It takes the rules' settings, and those that
// select rules; -NAME and -NAME=false are go vet's own way to do that.
func vet() {
	set := settings.New()
	set.Register(flag.CommandLine, "preset", "enable", "disable", "own")
	selected := sync.OnceValue(func() map[string]bool {
		set.Parsed(flag.CommandLine)
		flag.Visit(func(f *flag.Flag) {
			if rule := analyzers.Lookup(f.Name); rule != nil && f.Value.String() == "true" {
				set.Enable = append(set.Enable, f.Name)
			}
		})
		list, err := set.Analyzers()
		if err != nil {
			log.Fatal(err)
		}
		names := make(map[string]bool)
		for _, a := range list {
			names[a.Name] = true
		}
		return names
	})
	facts := onlyFacts(os.Args[len(os.Args)-1])
	for _, a := range all() {
		run, nothing := a.Run, reflect.Zero(a.ResultType).Interface()
		a.Run = func(pass *analysis.Pass) (any, error) {
			// The rules have no facts: they need not read what go vet will not print.
			if facts || !selected()[a.Name] {
				return nothing, nil
			}
			return run(pass)
		}
	}
	unitchecker.Main(append(all(), analyzers.Program)...)
}

func onlyFacts(config string) bool {
	data, err := os.ReadFile(config)
	if err != nil {
		return false
	}
	var unit struct{ VetxOnly bool }
	return json.Unmarshal(data, &unit) == nil && unit.VetxOnly
}

// options are the flags that are no settings: they say what to do with the
// findings.
type options struct {
	format, newFrom, baseline, writeBaseline, explain, config, dir string
	fix, diff, json, version                                       bool
}

func (o *options) register(flags *flag.FlagSet) {
	flags.StringVar(&o.format, "format", "text", "`form` of the findings: "+strings.Join(formats, ", "))
	flags.BoolVar(&o.json, "json", false, "the same as -format=json")
	flags.BoolVar(&o.fix, "fix", false, "make the fixes that the findings suggest, and print the rest")
	flags.BoolVar(&o.diff, "diff", false, "print what -fix would change, and no findings")
	flags.StringVar(&o.newFrom, "new-from", "", "print only findings on lines that are new since the work tree left git's `revision`")
	flags.StringVar(&o.baseline, "baseline", "", "do not print the findings in this `file`")
	flags.StringVar(&o.writeBaseline, "write-baseline", "", "write the findings to this `file` for -baseline, and print none")
	flags.StringVar(&o.explain, "explain", "", "print what is known of a function, type or package whose path ends in `name`: roles, effects, open calls, bindings")
	flags.StringVar(&o.config, "config", "", "the configuration `file` (default "+settings.FileName+" beside go.mod, if it is there)")
	flags.BoolVar(&o.version, "version", false, "print the version")
	flags.StringVar(&o.dir, "C", "", "change to `dir` first")
}

// formats are the values of -format.
var formats = []string{"text", "json", "sarif", "github"}

// check finds flags that do not go together.
func (o *options) check() error {
	if o.json {
		o.format = "json"
	}
	if !slices.Contains(formats, o.format) {
		return fmt.Errorf("unknown -format %q: want %s", o.format, strings.Join(formats, ", "))
	}
	var does []string
	for name, set := range map[string]bool{"-fix": o.fix, "-diff": o.diff, "-write-baseline": o.writeBaseline != "", "-explain": o.explain != ""} {
		if set {
			does = append(does, name)
		}
	}
	slices.Sort(does)
	switch {
	case len(does) > 1:
		return fmt.Errorf("%s do not go together", strings.Join(does, " and "))
	case o.writeBaseline != "" && o.baseline != "":
		return errors.New("-baseline and -write-baseline do not go together")
	case o.writeBaseline != "" && o.newFrom != "":
		return errors.New("-new-from and -write-baseline do not go together")
	}
	return nil
}

// run is the command line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("mcwflint", flag.ContinueOnError)
	flags.SetOutput(stderr)
	set := settings.New()
	set.Register(flags)
	var opts options
	opts.register(flags)
	flags.Usage = func() { usage(stderr, flags) }
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return clean
		}
		return failed
	}
	switch {
	case opts.version:
		fmt.Fprintln(stdout, "mcwflint", version(), runtime.Version())
		return clean
	case flags.Arg(0) == "help":
		return help(flags.Args()[1:], stdout, stderr, flags)
	}
	if err := opts.check(); err != nil {
		return fail(stderr, err)
	}
	if opts.dir != "" {
		if err := os.Chdir(opts.dir); err != nil {
			return fail(stderr, err)
		}
	}
	wd, err := os.Getwd()
	if err != nil {
		return fail(stderr, err)
	}
	root := settings.Root(wd)
	if flags.Arg(0) == "init" {
		return initialize(root, flags.Args()[1:], stdout, stderr)
	}
	for _, arg := range flags.Args() {
		if strings.HasPrefix(arg, "-") {
			return fail(stderr, fmt.Errorf("%s stands behind the packages: flags come first", arg))
		}
	}
	set.Parsed(flags)
	if err := readConfig(set, opts.config, root); err != nil {
		return fail(stderr, err)
	}
	selected, err := set.Analyzers()
	if err != nil {
		return fail(stderr, err)
	}
	// What can be wrong without the packages is said before they are loaded.
	var known lint.Baseline
	if opts.baseline != "" {
		if known, err = lint.ReadBaseline(opts.baseline); err != nil {
			return fail(stderr, err)
		}
	}
	var changes lint.Changes
	if opts.newFrom != "" {
		if changes, err = lint.ChangesSince(ctx, wd, opts.newFrom); err != nil {
			return fail(stderr, err)
		}
	}
	if opts.explain != "" {
		analyzers.KeepExplanations()
	}
	progress := progressLine(stderr)
	report, err := lint.Run(ctx, lint.Options{Patterns: flags.Args(), Tests: set.Tests, Tags: set.Tags, Analyzers: selected, Progress: progress})
	progress("")
	if err != nil {
		return fail(stderr, err)
	}
	for _, s := range report.Skipped {
		fmt.Fprintln(stderr, "mcwflint:", s)
	}
	if opts.explain != "" {
		if !report.Explain(stdout, opts.explain) {
			return fail(stderr, fmt.Errorf("nothing in these packages is called %s", opts.explain))
		}
		return clean
	}
	if len(set.Exclude) > 0 {
		report.Keep(func(f lint.Finding) bool {
			path, err := filepath.Rel(root, f.Pos.Filename)
			return err != nil || !set.Excludes(filepath.ToSlash(path))
		})
	}
	gone := report.Subtract(known)
	if changes != nil {
		report.KeepNew(changes)
	}
	status := clean
	switch {
	case opts.writeBaseline != "":
		if len(report.Skipped) > 0 {
			return fail(stderr, errors.New("no baseline written: it would lack the findings of the packages above"))
		}
		if err := report.WriteBaseline(opts.writeBaseline); err != nil {
			return fail(stderr, err)
		}
		fmt.Fprintf(stderr, "mcwflint: %s written to %s\n", report.Summary(), opts.writeBaseline)
		return clean
	case opts.fix, opts.diff:
		fixes, err := report.Fixes()
		if err != nil {
			return fail(stderr, err)
		}
		for _, left := range fixes.Left {
			fmt.Fprintf(stderr, "mcwflint: not fixed: %s:%d: %s\n", lint.Relative(left.Finding.Pos.Filename), left.Finding.Pos.Line, left.Why)
		}
		if opts.diff {
			changes, err := fixes.Diff(stdout)
			if err != nil {
				return fail(stderr, err)
			}
			fmt.Fprintf(stderr, "mcwflint: %s, %d with a fix\n", report.Summary(), len(fixes.Findings))
			if changes {
				status = findings
			}
			return worst(status, report)
		}
		if err := fixes.Write(); err != nil {
			return fail(stderr, err)
		}
		fixed := make(map[string]bool)
		for _, f := range fixes.Findings {
			fixed[f.Fingerprint] = true
		}
		report.Keep(func(f lint.Finding) bool { return !fixed[f.Fingerprint] })
		fmt.Fprintf(stderr, "mcwflint: fixed %d\n", len(fixed))
	}
	if err := printFindings(report, opts.format, stdout); err != nil {
		return fail(stderr, err)
	}
	fmt.Fprintln(stderr, "mcwflint:", report.Summary())
	if n := report.Conventions(); n > 0 && set.Preset == analyzers.Tips {
		fmt.Fprintf(stderr, "mcwflint: %s of the guide, not defects; -preset=recommended prints the rest\n", lint.Count(n, "convention"))
	}
	if gone > 0 && slices.Contains(flags.Args(), "./...") {
		fmt.Fprintf(stderr, "mcwflint: %d of %s are no longer found: write it anew\n", gone, opts.baseline)
	}
	if len(report.Findings) > 0 {
		status = findings
	}
	return worst(status, report)
}

// worst is the status of a run that could not analyse everything, or else status.
func worst(status int, report *lint.Report) int {
	if len(report.Skipped) > 0 {
		return failed
	}
	return status
}

// readConfig reads the file that is named, or the one at the module's root.
func readConfig(set *settings.Set, name, root string) error {
	if name != "" {
		return set.ReadFile(name)
	}
	err := set.ReadFile(lint.Relative(filepath.Join(root, settings.FileName)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func printFindings(report *lint.Report, format string, w io.Writer) error {
	switch {
	case format == "json":
		return report.PrintJSON(w)
	case format == "sarif":
		return report.PrintSARIF(w, version())
	case format == "github":
		return report.PrintGitHub(w)
	case isTerminal(w):
		// https://no-color.org
		return report.PrintTree(w, os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
	}
	return report.PrintText(w)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// progressLine returns a function that shows on a terminal what the run does; ""
// clears the line. Elsewhere it does nothing.
func progressLine(w io.Writer) func(string) {
	if !isTerminal(w) || os.Getenv("TERM") == "dumb" {
		return func(string) {}
	}
	return func(step string) {
		if step != "" {
			step = "mcwflint: " + step + " ..."
		}
		fmt.Fprint(w, "\r\x1b[K"+step)
	}
}

func fail(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "mcwflint:", err)
	return failed
}

func all() []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, r := range analyzers.Suite {
		list = append(list, r.Analyzer)
	}
	return list
}

func usage(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprint(w, `mcwflint reports where Go programs on Temporal break the tips for safe workflows.

	mcwflint [flags] [packages]     lint packages, such as ./...
	mcwflint init                   write a configuration file
	mcwflint help [rule]            list the rules, or explain one
	go vet -vettool=$(which mcwflint) [packages]

Exit status: 0 no findings, 1 findings (with -diff: something to fix), 2 something
could not be analysed, or a flag or the configuration is wrong.

Flags:
`)
	flags.SetOutput(w)
	flags.PrintDefaults()
}

// help lists the rules or prints the documentation of one.
func help(args []string, stdout, stderr io.Writer, flags *flag.FlagSet) int {
	if len(args) == 0 {
		usage(stdout, flags)
		fmt.Fprintln(stdout, "\nRules:")
		for _, a := range all() {
			title, _, _ := strings.Cut(a.Doc, "\n")
			fmt.Fprintf(stdout, "  %-16s %s\n", a.Name, title)
		}
		return clean
	}
	rule := analyzers.Lookup(args[0])
	if rule == nil {
		return fail(stderr, fmt.Errorf("unknown rule %q: want one of %s", args[0], strings.Join(analyzers.Names(), ", ")))
	}
	fmt.Fprintf(stdout, "%s: %s\n", rule.Analyzer.Name, rule.Analyzer.Doc)
	first := true
	rule.Analyzer.Flags.VisitAll(func(f *flag.Flag) {
		if first {
			fmt.Fprintln(stdout, "\nSettings:")
			first = false
		}
		fmt.Fprintf(stdout, "  -%s.%s  %s\n", rule.Analyzer.Name, f.Name, f.Usage)
	})
	fmt.Fprintf(stdout, "\n%s\n", rule.Analyzer.URL)
	return clean
}

// version is the module's, as the go command recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
